package org.caravanserai.http.internal;

import java.io.InputStream;
import java.util.function.Consumer;
import org.caravanserai.http.TrafficExchange;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ResponseUtils;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The body of one request: read whole, read as a stream, or not at all. */
final class RequestBody {

  private static final byte[] NONE = new byte[0];

  private static final int READS_AT_ONCE = 16;

  private final Request request;
  private final TrafficExchange exchange;
  private final boolean present;
  private volatile @Nullable LimitedBody stream;
  private boolean unread;

  RequestBody(Request request, TrafficExchange exchange) {
    this.request = request;
    this.exchange = exchange;
    HttpFields headers = Request.unWrap(request).getHeaders();
    this.present =
        headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0
            || headers.contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** Whether there is one. */
  boolean isPresent() {
    return present;
  }

  /** As {@link TrafficExchange#readBody}. */
  void read(int limit, Consumer<byte[]> whole) {
    if (!present) {
      whole.accept(NONE);
    } else if (mayBeRead(limit)) {
      new BodyReader(request, exchange, (int) declaredLength(), limit, whole).run();
    }
  }

  /** As {@link TrafficExchange#body}. */
  @Nullable InputStream stream(long limit) {
    if (!present) {
      return InputStream.nullInputStream();
    }
    if (!mayBeRead(limit)) {
      return null;
    }
    LimitedBody body = new LimitedBody(Content.Source.asInputStream(request), limit);
    stream = body;
    return body;
  }

  private boolean mayBeRead(long limit) {
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      exchange.error(415, "the body has Content-Encoding " + encoding + ": gzip is understood");
      return false;
    }
    if (declaredLength() > limit) {
      exchange.error(413, BodyFailure.tooLarge(limit));
      return false;
    }
    return true;
  }

  /**
   * Takes what has arrived of a body that nobody has read; if more is to come the connection ends
   * with this response, because the next request on it could not be found.
   */
  void end(Response response) {
    if (!present) {
      return;
    }
    LimitedBody reading = stream;
    // Somebody may still be reading a stream: only its reader touches the source.
    boolean read = reading == null ? readsToItsEnd() : reading.isComplete();
    if (!read) {
      unread = reading == null;
      ResponseUtils.ensureNotPersistent(request, response);
    }
  }

  /** Reads on without waiting; not by Jetty's own means, which make it impossible to read more. */
  private boolean readsToItsEnd() {
    Request encoded = Request.unWrap(request);
    for (int i = 0; i < READS_AT_ONCE; i++) {
      Content.Chunk chunk = encoded.read();
      if (chunk == null) {
        return false;
      }
      chunk.release();
      if (chunk.isLast()) {
        return !Content.Chunk.isFailure(chunk);
      }
    }
    return false;
  }

  /** Ends the exchange once the caller has got the answer and stops sending. */
  void drain(Callback callback) {
    if (unread) {
      new Drain(Request.unWrap(request), callback).run();
    } else {
      callback.succeeded();
    }
  }

  private long declaredLength() {
    // Not the request's length: that is the one before decoding.
    return request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
  }
}
