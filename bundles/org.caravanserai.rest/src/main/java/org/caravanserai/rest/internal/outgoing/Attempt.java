package org.caravanserai.rest.internal.outgoing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** One time that a message is sent. */
final class Attempt {

  private final Target target;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private volatile boolean begun;
  private boolean decodes;
  private @Nullable Request request;

  Attempt(Target target) {
    this.target = target;
  }

  /** What came back; fails with what the client says. */
  CompletableFuture<Answer> answer() {
    return answer;
  }

  /** Whether the other system may have seen something of it. */
  boolean hasBegun() {
    return begun;
  }

  /** Gives up. */
  void cancel(Throwable why) {
    Request sent = request;
    if (sent != null) {
      Future<Boolean> unused = sent.abort(why);
    }
  }

  /**
   * Sends the message, with credentials where it has no headers of these names; the target is in
   * use until its end.
   */
  void send(Message message, Map<String, String> credentials, long nanos) throws Exception {
    long millis = Math.max(TimeUnit.NANOSECONDS.toMillis(nanos), 1);
    HttpClient client = target.client();
    Request built =
        client
            .newRequest(message.uri())
            .method(message.method())
            .tag(target.pool())
            .idleTimeout(millis, TimeUnit.MILLISECONDS)
            .headers(
                headers -> {
                  credentials.forEach(headers::put);
                  message.headers().forEach(headers::put);
                })
            .body(message.content(client.getByteBufferPool()))
            .onRequestBegin(sent -> begun = true);
    request = built;
    decodes = message.decodes();
    if (message.streams()) {
      built.send(new Streaming());
    } else {
      built.timeout(millis, TimeUnit.MILLISECONDS).send(new Buffering(target.maxResponse()));
    }
  }

  private void ended(Result result) {
    target.uses().exit();
    Throwable failure = result.getFailure();
    if (failure != null) {
      answer.completeExceptionally(failure);
    }
  }

  private final class Buffering extends BufferingResponseListener {

    Buffering(int most) {
      super(most);
    }

    @Override
    public void onComplete(Result result) {
      if (result.isSucceeded()) {
        byte[] content = getContent();
        target.uses().exit();
        try {
          answer.complete(whole(result.getResponse(), content == null ? new byte[0] : content));
        } catch (IOException e) {
          answer.completeExceptionally(e);
        }
      } else {
        ended(result);
      }
    }
  }

  private Answer whole(Response response, byte[] content) throws IOException {
    HttpFields headers = response.getHeaders();
    byte[] bytes = content;
    Compression compression = compression(response);
    if (compression != null && content.length > 0) {
      bytes = compression.decode(content, target.maxResponse());
      headers = Compression.decoded(headers);
    }
    return new Answer(response.getStatus(), headers, bytes, new ByteArrayInputStream(bytes));
  }

  private @Nullable Compression compression(Response response) {
    return decodes ? Compression.of(response.getHeaders()) : null;
  }

  private final class Streaming extends InputStreamResponseListener {

    @Override
    public void onHeaders(Response response) {
      super.onHeaders(response);
      InputStream stream = new ArrivingBody(getInputStream());
      HttpFields headers = response.getHeaders();
      Compression compression = compression(response);
      if (compression != null) {
        stream = compression.decode(stream);
        headers = Compression.decoded(headers);
      }
      answer.complete(new Answer(response.getStatus(), headers, new byte[0], stream));
    }

    @Override
    public void onComplete(Result result) {
      super.onComplete(result);
      ended(result);
    }
  }
}
