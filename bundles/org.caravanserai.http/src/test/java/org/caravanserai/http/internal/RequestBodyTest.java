package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.internal.RawConnection.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {

  private static final int LIMIT = 300_000;
  private static final AtomicInteger READ = new AtomicInteger();

  private static TestListener server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestListener(Map.of("idle__timeout", 1));
    server.add(
        "/whole",
        exchange ->
            exchange.readBody(
                LIMIT,
                body -> {
                  READ.incrementAndGet();
                  exchange.answer(200, "text/plain", body, () -> {});
                }));
    server.add("/stream", TestListener.onAnotherThread(RequestBodyTest::echo));
    server.add("/refuse", exchange -> exchange.error(401, "who are you"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void echo(TrafficExchange exchange) {
    try (InputStream body = exchange.body(LIMIT)) {
      if (body != null) {
        exchange.answer(200, "text/plain", body.readAllBytes(), () -> {});
      }
    } catch (ServiceException e) {
      exchange.error(e.status(), e.details());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest.Builder post(String path, HttpRequest.BodyPublisher body) {
    return server.request(path).POST(body);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65_536, 65_537, LIMIT})
  void readsBodiesUpToTheLimit(int length) throws Exception {
    String text = "x".repeat(length);
    for (String path : new String[] {"/whole", "/stream"}) {
      assertThat(server.send(post(path, BodyPublishers.ofString(text))).body()).isEqualTo(text);
      HttpResponse<String> chunked =
          server.send(post(path, BodyPublishers.fromPublisher(BodyPublishers.ofString(text))));
      assertThat(chunked.body()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/stream"})
  void aBodyDeclaredTooLargeIs413BeforeItIsSent(String path) throws Exception {
    try (RawConnection connection = server.connect()) {
      Answer answer =
          connection
              .send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 300001\r\n\r\n")
              .answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("the body is larger than 300000 bytes");
      assertThat(answer.headers()).containsEntry("connection", "close");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/stream"})
  void aChunkedBodyThatGetsTooLargeIs413(String path) throws Exception {
    HttpResponse<String> answer =
        server.send(
            post(
                path,
                BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(LIMIT + 1)))));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("the body is larger than 300000 bytes");
  }

  @Test
  void aCallerWhoGoesOnSendingStillGetsTheAnswer() throws Exception {
    int length = 20_000_000;
    try (RawConnection connection = server.connect()) {
      connection.send("POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n");
      connection.send(new byte[length]);

      assertThat(connection.answer().status()).isEqualTo(401);
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @Test
  void aSmallUnreadBodyDoesNotCostTheConnection() throws Exception {
    try (RawConnection connection = server.connect()) {
      String request = "POST /refuse HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
      assertThat(connection.send(request).answer().status()).isEqualTo(401);
      assertThat(connection.send(request).answer().status()).isEqualTo(401);
    }
  }

  @Test
  void bodiesInGzipAreInflated() throws Exception {
    String text = "Caravanserai ".repeat(1000);
    HttpResponse<String> answer =
        server.send(
            post("/whole", BodyPublishers.ofByteArray(gzip(text.getBytes(StandardCharsets.UTF_8))))
                .header("Content-Encoding", "gzip"));

    assertThat(answer.body()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/stream"})
  void theLimitHoldsAfterInflation(String path) throws Exception {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(LIMIT);

    HttpResponse<String> answer =
        server.send(
            post(path, BodyPublishers.ofByteArray(bomb)).header("Content-Encoding", "gzip"));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/stream"})
  void aBodyThatIsNotGzipIs400(String path) throws Exception {
    HttpResponse<String> answer =
        server.send(
            post(path, BodyPublishers.ofString("this is no gzip at all"))
                .header("Content-Encoding", "gzip"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not valid gzip");
  }

  @Test
  void anotherEncodingIs415() throws Exception {
    HttpResponse<String> answer =
        server.send(post("/whole", BodyPublishers.ofString("x")).header("Content-Encoding", "br"));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("Content-Encoding br");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whole", "/stream"})
  void aBodyThatStopsComingIs408(String path) throws Exception {
    try (RawConnection connection = server.connect()) {
      Answer answer =
          connection
              .send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
              .answer();

      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("the body stopped coming");
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @Test
  void malformedChunksAre400() throws Exception {
    try (RawConnection connection = server.connect()) {
      String head = "POST /whole HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
      Answer answer = connection.send(head + "zz\r\nabc\r\n").answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.headers()).containsKey("x-serai-cid");
    }
  }

  @Test
  void aConnectionLostInTheMiddleReachesNobody() throws Exception {
    int before = READ.get();
    try (RawConnection connection = server.connect()) {
      connection.send("POST /whole HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      connection.abort();
    }
    await().until(() -> server.listener.inside() == 0);

    assertThat(READ).hasValue(before);
    assertThat(server.send(post("/whole", BodyPublishers.ofString("x"))).body()).isEqualTo("x");
  }

  @Test
  void aCallerWhoAsksFirstIsToldToContinue() throws Exception {
    String head = "HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
    try (RawConnection connection = server.connect()) {
      assertThat(connection.send("POST /whole " + head).answer().status()).isEqualTo(100);
      assertThat(connection.send("abc").answer().body()).isEqualTo("abc");
    }
    try (RawConnection connection = server.connect()) {
      assertThat(connection.send("POST /refuse " + head).answer().status()).isEqualTo(401);
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @Test
  void workThatTakesLongerThanTheIdleTimeIsNotCutOff() throws Exception {
    TrafficHandler slow =
        exchange ->
            CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS)
                .execute(() -> exchange.answer(200, null, new byte[] {'k'}, () -> {}));
    server.add("/slow", slow);

    assertThat(server.get("/slow").body()).isEqualTo("k");
  }
}
