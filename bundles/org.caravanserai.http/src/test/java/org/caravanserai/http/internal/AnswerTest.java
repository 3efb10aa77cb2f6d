package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.caravanserai.http.internal.RawConnection.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static TestListener server;

  private final AtomicInteger ended = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    server = new TestListener();
  }

  @AfterEach
  void clear() {
    server.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static byte[] bytes(int length) {
    return "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void endsOnceTheLastByteIsWritten() throws Exception {
    server.add("/a", exchange -> exchange.answer(200, null, bytes(10), ended::incrementAndGet));

    server.get("/a");

    await().until(() -> ended.get() == 1);
  }

  @Test
  void onlyTheFirstAnswerCounts() throws Exception {
    server.add(
        "/a",
        exchange -> {
          exchange.answer(200, null, bytes(1), ended::incrementAndGet);
          exchange.answer(200, null, bytes(2), ended::incrementAndGet);
          exchange.answer(200, "text/plain", InputStream.nullInputStream(), ended::incrementAndGet);
          exchange.error(500, "late");
        });

    assertThat(server.get("/a").body()).hasSize(1);
    await().until(() -> ended.get() == 3);
  }

  @Test
  void answersFromAnotherThread() throws Exception {
    server.add(
        "/a",
        TestListener.onAnotherThread(
            exchange -> exchange.answer(201, "text/plain", bytes(3), ended::incrementAndGet)));

    assertThat(server.get("/a").statusCode()).isEqualTo(201);
  }

  @Test
  void streamsAnAnswer() throws Exception {
    int length = 5_000_000;
    server.add(
        "/s",
        exchange ->
            exchange.answer(
                200,
                "text/plain",
                new ByteArrayInputStream(bytes(length)),
                ended::incrementAndGet));

    HttpResponse<String> answer = server.get("/s");

    assertThat(answer.body()).hasSize(length);
    assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
    await().until(() -> ended.get() == 1);
  }

  @Test
  void aStreamIsNotReadForHead() throws Exception {
    server.add(
        "/s",
        exchange ->
            exchange.answer(200, "text/plain", new BrokenStream(0), ended::incrementAndGet));
    try (RawConnection connection = server.connect()) {
      Answer answer = connection.send("HEAD /s HTTP/1.1\r\nHost: x\r\n\r\n").answer(false);

      assertThat(answer.status()).isEqualTo(200);
      await().until(() -> ended.get() == 1);
    }
  }

  @Test
  void aStreamThatFailsCutsTheConnection() throws Exception {
    server.add(
        "/s",
        exchange ->
            exchange.answer(200, "text/plain", new BrokenStream(100_000), ended::incrementAndGet));

    assertThatThrownBy(() -> server.get("/s")).isInstanceOf(IOException.class);
    await().until(() -> ended.get() == 1);
  }

  @Test
  void aLostConnectionEndsTheExchange() throws Exception {
    Semaphore go = new Semaphore(0);
    server.add(
        "/a",
        TestListener.onAnotherThread(
            exchange -> {
              go.acquireUninterruptibly();
              exchange.answer(200, null, bytes(50_000_000), ended::incrementAndGet);
            }));
    try (RawConnection connection = server.connect()) {
      connection.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
      await().until(() -> go.hasQueuedThreads());
      connection.abort();
    }
    go.release();

    await().until(() -> ended.get() == 1);
    await().until(() -> server.listener.inside() == 0);
  }

  @Test
  void aSlowReaderDoesNotHoldUpOthers() throws Exception {
    server.add("/big", exchange -> exchange.answer(200, null, bytes(20_000_000), () -> {}));
    server.add("/small", TestListener.text("small"));
    try (RawConnection slow = server.connect()) {
      slow.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
      await().until(() -> server.listener.inside() == 1);

      assertThat(server.get("/small").body()).isEqualTo("small");
      assertThat(slow.answer().body()).hasSize(20_000_000);
    }
  }

  @Test
  void largeAnswersAreCompressedForThoseWhoAccept() throws Exception {
    byte[] text = bytes(10_000);
    server.add("/a", exchange -> exchange.answer(200, "application/json", text, () -> {}));
    HttpResponse<byte[]> answer =
        server
            .client()
            .send(
                server.request("/a").header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(answer.body().length).isLessThan(1000);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
        .isEqualTo(text);
  }

  @Test
  void smallOnesErrorsAndThoseForOthersAreNot() throws Exception {
    server.add("/small", exchange -> exchange.answer(200, "text/plain", bytes(2000), () -> {}));
    server.add("/large", exchange -> exchange.answer(200, "text/plain", bytes(5000), () -> {}));
    server.add("/error", exchange -> exchange.error(400, "x".repeat(5000)));

    assertThat(encoding("/small", "gzip")).isEqualTo("none");
    assertThat(encoding("/error", "gzip")).isEqualTo("none");
    assertThat(encoding("/large", "br, deflate")).isEqualTo("none");
    assertThat(encoding("/large", "gzip;q=0")).isEqualTo("none");
    assertThat(encoding("/large", "br, gzip;q=0.5")).isEqualTo("gzip");
  }

  private static String encoding(String path, String accepted) throws Exception {
    return server
        .client()
        .send(
            server.request(path).header("Accept-Encoding", accepted).build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .headers()
        .firstValue("Content-Encoding")
        .orElse("none");
  }

  @Test
  void headersOfTheAnswerAreSent() throws Exception {
    server.add(
        "/a",
        exchange -> {
          exchange.setHeader("X-One", "1");
          exchange.answer(204, null, bytes(10), ended::incrementAndGet);
        });

    HttpResponse<String> answer = server.get("/a");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("X-One")).contains("1");
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
  }

  /** A stream that fails after some bytes. */
  private static final class BrokenStream extends InputStream {

    private int left;

    BrokenStream(int length) {
      left = length;
    }

    @Override
    public int read() throws IOException {
      if (left-- == 0) {
        throw new IOException("broken");
      }
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (left == 0) {
        throw new IOException("broken");
      }
      int length = Math.min(left, count);
      left -= length;
      return length;
    }
  }
}
