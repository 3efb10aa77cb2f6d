package org.caravanserai.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of {@code /pubsub/ws}, whose user's password is {@code pw}. */
final class PubSubSocket implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  static PubSubSocket connect(Server server, String user) throws Exception {
    PubSubSocket made = new PubSubSocket();
    URI uri = server.traffic("/pubsub/ws");
    made.socket =
        CLIENT
            .newWebSocketBuilder()
            .header("Authorization", Client.basic(user, "pw"))
            .buildAsync(URI.create("ws://" + uri.getAuthority() + uri.getPath()), made)
            .get(30, TimeUnit.SECONDS);
    return made;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      frames.add(Client.json(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  /** Sends a frame; {@code '} stands for {@code "}. */
  PubSubSocket send(String json) throws Exception {
    socket.sendText(json.replace('\'', '"'), true).get(30, TimeUnit.SECONDS);
    return this;
  }

  /** The next frame. */
  JsonNode next() throws InterruptedException {
    JsonNode frame = frames.poll(30, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came; closed: " + closed);
    }
    return frame;
  }

  /** The next frame, which is of a type. */
  JsonNode next(String type) throws InterruptedException {
    JsonNode frame = next();
    if (!frame.path("type").asText().equals(type)) {
      throw new AssertionError("not " + type + ", but " + frame);
    }
    return frame;
  }

  /** The next frame; null if the connection has ended before one came. */
  JsonNode nextUnlessClosed() throws InterruptedException {
    while (true) {
      boolean ended = closed.isDone();
      JsonNode frame = frames.poll(100, TimeUnit.MILLISECONDS);
      if (frame != null || ended) {
        return frame;
      }
    }
  }

  int closeCode() throws Exception {
    return closed.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
