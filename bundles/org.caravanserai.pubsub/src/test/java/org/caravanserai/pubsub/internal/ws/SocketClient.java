package org.caravanserai.pubsub.internal.ws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of {@code /pubsub/ws}. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;
  private volatile boolean reads = true;

  static SocketClient connect(HttpClient client, int port, String header, String value)
      throws Exception {
    SocketClient made = new SocketClient();
    made.socket =
        client
            .newWebSocketBuilder()
            .header(header, value)
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/pubsub/ws"), made)
            .get(20, TimeUnit.SECONDS);
    return made;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        frames.add(MAPPER.readTree(text.toString()));
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
      text.setLength(0);
    }
    if (reads) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** Reads no frame but those that have come. */
  void readNoMore() {
    reads = false;
  }

  /** Reads again. */
  void readOn() {
    reads = true;
    socket.request(1);
  }

  /** Sends a frame; {@code '} stands for {@code "}. */
  SocketClient send(String json) throws Exception {
    socket.sendText(json.replace('\'', '"'), true).get(20, TimeUnit.SECONDS);
    return this;
  }

  /** The next frame. */
  JsonNode next() throws InterruptedException {
    JsonNode frame = frames.poll(20, TimeUnit.SECONDS);
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

  /** The next frames, which are messages. */
  List<JsonNode> messages(int count) throws InterruptedException {
    List<JsonNode> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(next("message"));
    }
    return messages;
  }

  int closeCode() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  /** Cuts the connection. */
  void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
