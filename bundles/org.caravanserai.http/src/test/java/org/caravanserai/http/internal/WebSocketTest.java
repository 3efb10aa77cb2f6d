package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.WebSocket;
import org.caravanserai.http.WebSocketTerms;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {

  private static final int LIMIT = 100_000;
  private static final WebSocketTerms TERMS = new WebSocketTerms(LIMIT);

  private static TestListener server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestListener(Map.of("max__websockets", 1000));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @AfterEach
  void clear() {
    server.clear();
    await().until(() -> server.listener.webSockets() == 0);
  }

  /** Sends back whatever comes. */
  private static final class Echo extends RecordingListener {

    @Override
    public void opened(WebSocket socket) {
      super.opened(socket);
      socket.demand();
    }

    @Override
    public void text(WebSocket socket, String text) {
      socket.send(text, handedOver -> socket.demand());
    }

    @Override
    public void binary(WebSocket socket, byte[] data) {
      socket.send(data, handedOver -> socket.demand());
    }
  }

  /** The JDK's client. */
  private static final class Client implements java.net.http.WebSocket.Listener {

    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
        java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
      messages.add("bytes " + data.remaining());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        java.net.http.WebSocket socket, int code, String reason) {
      messages.add("closed " + code + " " + reason);
      return null;
    }

    String next() throws InterruptedException {
      return messages.poll(20, TimeUnit.SECONDS);
    }
  }

  private static java.net.http.WebSocket connect(String path, Client client, String... protocols)
      throws Exception {
    java.net.http.WebSocket.Builder builder = server.client().newWebSocketBuilder();
    if (protocols.length > 0) {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    return builder
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port + path), client)
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void messagesGoBothWays() throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    Client client = new Client();
    java.net.http.WebSocket socket = connect("/echo?a=b", client);

    socket.sendText("héllo", true).get();
    assertThat(client.next()).isEqualTo("héllo");
    socket.sendText("in ", false).get();
    socket.sendText("three ", false).get();
    socket.sendText("parts", true).get();
    assertThat(client.next()).isEqualTo("in three parts");
    socket.sendBinary(ByteBuffer.wrap(new byte[1000]), true).get();
    assertThat(client.next()).isEqualTo("bytes 1000");
    socket.sendText("", true).get();
    assertThat(client.next()).isEmpty();
    String large = "x".repeat(LIMIT);
    socket.sendText(large, true).get();
    assertThat(client.next()).isEqualTo(large);

    socket.sendClose(1000, "bye").get();
    assertThat(client.next()).isEqualTo("closed 1000 bye");
    assertThat(echo.closeCode()).isEqualTo(1000);
    assertThat(echo.socket().isOpen()).isFalse();
    assertThat(echo.socket().pending()).isZero();
  }

  @Test
  void oneThatIsLostWhileItOpensIsForgotten() throws Exception {
    WebSockets all = new WebSockets(TestListener.settings(Map.of()));
    List<String> told = new CopyOnWriteArrayList<>();
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void opened(WebSocket socket) {
            told.add("opened");
          }

          @Override
          public void closed(WebSocket socket, int code, String reason) {
            told.add("closed " + code);
          }
        };
    JettyWebSocket socket = new JettyWebSocket(all, listener, LIMIT, "", "cid", "127.0.0.1");
    CloseStatus lost = new CloseStatus(CloseStatus.NO_CLOSE, "the connection was lost");

    socket.onOpen(
        new CoreSession.Empty(), Callback.from(() -> socket.onClosed(lost, Callback.NOOP)));

    assertThat(told).containsExactly("opened", "closed 1006");
    assertThat(all.count()).isZero();
  }

  @Test
  void theUpgradeMayComeLaterAndWithCompressionInBetween() throws Exception {
    Echo echo = new Echo();
    server.add("/later", TestListener.onAnotherThread(echo.handler(TERMS)), "GET");
    try (RawConnection raw = server.connect()) {
      RawConnection.Answer answer =
          raw.send(
                  "GET /later HTTP/1.1\r\nAccept-Encoding: gzip\r\nX-Serai-CID: my-cid\r\n"
                      + RawWebSocket.HANDSHAKE
                      + "\r\n")
              .answer();
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.headers())
          .containsEntry("upgrade", "websocket")
          .containsEntry("x-serai-cid", "my-cid")
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .doesNotContainKeys("content-encoding", "content-length", "sec-websocket-extensions");
      assertThat(echo.socket().cid()).isEqualTo("my-cid");
      assertThat(echo.socket().remoteAddress()).isEqualTo("127.0.0.1");
    }
    assertThat(echo.closeCode()).isEqualTo(1006);
  }

  @Test
  void theFirstOfOurProtocolsThatTheClientNamesIsSpoken() throws Exception {
    Echo echo = new Echo();
    server.add("/p", echo.handler(new WebSocketTerms(10, List.of("v12", "v11"))), "GET");
    java.net.http.WebSocket socket = connect("/p", new Client(), "v10", "v11", "v12");

    assertThat(socket.getSubprotocol()).isEqualTo("v12");
    assertThat(echo.socket().protocol()).isEqualTo("v12");
    socket.abort();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection: Upgrade                                    | Connection: close              | 400
          Upgrade: websocket                                     | Upgrade: h2c                   | 426
          Sec-WebSocket-Version: 13                              | Sec-WebSocket-Version: 8       | 426
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==            | X: y                           | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==            | Sec-WebSocket-Key: dGhlIHNh    | 400
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==            | Sec-WebSocket-Key: %%          | 400
          Host: x                                                | Host: x;Origin: http://y       | 403
          Host: x                                                | Host: x;Origin: null           | 403
          Host: x                                                | Host: x;Origin: ://            | 403
          Host: x                                                | Host: x;Content-Length: 3      | 400
          """)
  void aRequestThatIsNoneIsAnswered(String header, String instead, int status) throws Exception {
    server.add("/echo", new Echo().handler(TERMS), "GET");
    String handshake =
        RawWebSocket.HANDSHAKE.replace(header, instead.replace(";", "\r\n")) + "\r\n";
    try (RawConnection raw = server.connect()) {
      RawConnection.Answer answer = raw.send("GET /echo HTTP/1.1\r\n" + handshake).answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).startsWith("{\"result\":\"Error\",\"cid\":\"");
      if (status == 426) {
        assertThat(answer.headers())
            .containsAnyOf(
                Map.entry("upgrade", "websocket"), Map.entry("sec-websocket-version", "13"));
      }
    }
  }

  @Test
  void aPlainRequestIsToldWhatIsThere() throws Exception {
    server.add("/echo", new Echo().handler(TERMS), "GET");
    try (RawConnection raw = server.connect()) {
      RawConnection.Answer answer = raw.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.headers())
          .containsEntry("upgrade", "websocket")
          .containsEntry("connection", "Upgrade");
      assertThat(answer.body()).contains("a WebSocket is at this path");
    }
  }

  @Test
  void scriptsOfTheSameSiteAreLetIn() throws Exception {
    server.add("/echo", new Echo().handler(TERMS), "GET");
    try (RawConnection raw = server.connect()) {
      assertThat(
              raw.send(
                      "GET /echo HTTP/1.1\r\nOrigin: https://x\r\n"
                          + RawWebSocket.HANDSHAKE
                          + "\r\n")
                  .answer()
                  .status())
          .isEqualTo(101);
    }
  }

  @Test
  void scriptsOfASiteThatTheSettingsNameAreLetIn() throws Exception {
    try (TestListener open =
        new TestListener(Map.of("websocket__origins", new String[] {"http://a, http://y"}))) {
      open.add("/echo", new Echo().handler(TERMS), "GET");
      try (RawConnection raw = open.connect()) {
        raw.send("GET /echo HTTP/1.1\r\nOrigin: http://y\r\n" + RawWebSocket.HANDSHAKE + "\r\n");
        assertThat(raw.answer().status()).isEqualTo(101);
      }
    }
  }

  @Test
  void moreThanThereMayBeAreAnsweredWith503() throws Exception {
    try (TestListener small = new TestListener(Map.of("max__websockets", 1))) {
      small.add("/echo", TestListener.onAnotherThread(each()), "GET");
      try (RawWebSocket first = new RawWebSocket(small.port, "/echo")) {
        await().until(() -> small.listener.webSockets() == 1);
        try (RawConnection raw = small.connect()) {
          raw.send("GET /echo HTTP/1.1\r\n" + RawWebSocket.HANDSHAKE + "\r\n");
          RawConnection.Answer answer = raw.answer();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.headers()).containsEntry("retry-after", "1");
          assertThat(answer.body()).contains("too many WebSockets");
        }
        assertThat(first.text("x").readText()).isEqualTo("x");
      }
      await().until(() -> small.listener.webSockets() == 0);
      new RawWebSocket(small.port, "/echo").close();
    }
  }

  /** An echo of its own for each. */
  private static TrafficHandler each() {
    return exchange -> new Echo().handler(TERMS).handle(exchange);
  }

  @Test
  void nothingIsReadThatNobodyAskedFor() throws Exception {
    RecordingListener listener = new RecordingListener();
    server.add("/s", listener.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/s")) {
      raw.text("1").text("2").text("3");
      WebSocket socket = listener.socket();
      assertThat(listener.texts).isEmpty();

      socket.demand();
      socket.demand();
      assertThat(listener.text()).isEqualTo("1");
      assertThat(listener.texts).isEmpty();
      socket.demand();
      assertThat(listener.text()).isEqualTo("2");
      assertThat(listener.texts).isEmpty();
    }
    listener.socket().demand();
    assertThat(listener.text()).isEqualTo("3");
    listener.socket().demand();
    assertThat(listener.closeCode()).isEqualTo(1006);
  }

  @Test
  void whatASlowReaderLeavesIsPendingAndComesInOrder() throws Exception {
    RecordingListener listener = new RecordingListener();
    server.add("/s", listener.handler(TERMS), "GET");
    String part = "x".repeat(99_990);
    int count = 300;
    AtomicInteger sent = new AtomicInteger();
    try (RawWebSocket raw = new RawWebSocket(server.port, "/s")) {
      WebSocket socket = listener.socket();
      for (int i = 0; i < count; i++) {
        socket.send(part + i, handedOver -> sent.addAndGet(handedOver ? 1 : 1000));
      }
      assertThat(socket.pending()).isPositive();
      assertThat(sent.get()).isLessThan(count);
      for (int i = 0; i < count; i++) {
        assertThat(raw.readText()).isEqualTo(part + i);
      }
      await().until(() -> sent.get() == count && socket.pending() == 0);
    }
    listener.socket().demand();
    listener.closeCode();
  }

  @Test
  void whatWasNeverSentIsToldSo() throws Exception {
    RecordingListener listener = new RecordingListener();
    server.add("/s", listener.handler(TERMS), "GET");
    AtomicInteger handed = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    WebSocket.Sent count = ok -> (ok ? handed : lost).incrementAndGet();
    try (RawWebSocket raw = new RawWebSocket(server.port, "/s")) {
      for (int i = 0; i < 300; i++) {
        listener.socket().send(new byte[100_000], count);
      }
      raw.abort();
    }
    assertThat(listener.closeCode()).isEqualTo(1006);
    await().until(() -> handed.get() + lost.get() == 300);
    assertThat(lost.get()).isPositive();
    listener.socket().send("late", count);
    assertThat(handed.get() + lost.get()).isEqualTo(301);
    assertThat(listener.socket().pending()).isZero();
  }

  @Test
  void aCloseComesAfterWhatWasSent() throws Exception {
    RecordingListener listener = new RecordingListener();
    server.add("/s", listener.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/s")) {
      WebSocket socket = listener.socket();
      for (int i = 0; i < 100; i++) {
        socket.send("y".repeat(50_000), WebSocket.Sent.IGNORED);
      }
      socket.close(1008, "r".repeat(200));
      socket.close(1000, "again");
      assertThat(socket.isOpen()).isFalse();
      for (int i = 0; i < 100; i++) {
        assertThat(raw.readText()).hasSize(50_000);
      }
      RawWebSocket.Frame close = raw.read();
      assertThat(close.closeCode()).isEqualTo(1008);
      assertThat(close.payload()).hasSize(125);
      assertThat(raw.isAtEnd()).isTrue();
    }
    assertThat(listener.closeCode()).isEqualTo(1008);
  }

  @Test
  void ourCloseIsAnsweredThoughNobodyAskedForMore() throws Exception {
    RecordingListener listener = new RecordingListener();
    server.add("/s", listener.handler(TERMS), "GET");
    Client client = new Client();
    java.net.http.WebSocket socket = connect("/s", client);
    socket.sendText("not read by anybody", true).get();

    listener.socket().close(1000, "done");

    assertThat(client.next()).isEqualTo("closed 1000 done");
    assertThat(listener.closeCode()).isEqualTo(1000);
    assertThat(listener.texts).isEmpty();
  }

  @Test
  void aMessageThatIsTooLargeIsClosedWith1009() throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/echo")) {
      raw.frame(0x81, new byte[LIMIT * 20]);
      assertThat(raw.read().closeCode()).isEqualTo(1009);
      assertThat(raw.isAtEnd()).isTrue();
    }
    assertThat(echo.closeCode()).isEqualTo(1009);
  }

  @Test
  void soIsOneInManyParts() throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/echo")) {
      raw.frame(0x02, new byte[LIMIT]).frame(0, new byte[1]).frame(0x80, new byte[1]);
      assertThat(raw.read().closeCode()).isEqualTo(1009);
    }
    assertThat(echo.closeCode()).isEqualTo(1009);
  }

  @Test
  void oneThatNeverEndsIsClosedAllTheSame() throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/echo")) {
      raw.header(0x81, 1L << 30, true).bytes(new byte[LIMIT + 5]);
      assertThat(raw.read().closeCode()).isEqualTo(1009);
    }
    assertThat(echo.closeCode()).isEqualTo(1009);
  }

  @ParameterizedTest
  @CsvSource({
    // first byte, length, masked, payload, close code
    "0x81, 1, false, 61, 1002",
    "0xC1, 1, true, 61, 1002",
    "0x83, 1, true, 61, 1002",
    "0x8B, 1, true, 61, 1002",
    "0x09, 1, true, 61, 1002",
    "0x89, 126, true, 61, 1002",
    "0x80, 1, true, 61, 1002",
    "0x88, 1, true, 61, 1002",
    "0x81, 1, true, FF, 1007",
    "0x81, 4611686018427387904, true, 61, 1009",
  })
  void malformedFramesAreClosed(String first, long length, boolean masked, String payload, int code)
      throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/echo")) {
      // At once: the connection may be closed after the first byte of it.
      raw.bytes(
          RawWebSocket.join(
              RawWebSocket.head(Integer.decode(first), length, masked),
              masked ? new byte[] {0, 0, 0, 0} : new byte[0],
              new byte[] {(byte) Integer.parseInt(payload, 16)}));
      RawWebSocket.Frame close = raw.read();
      assertThat(close.opCode()).isEqualTo(8);
      assertThat(close.closeCode()).isEqualTo(code);
    }
    assertThat(echo.closeCode()).isEqualTo(code);
  }

  @Test
  void binaryIsRefusedByWhoWantsText() throws Exception {
    RecordingListener listener = new RecordingListener();
    server.add("/s", listener.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/s")) {
      listener.socket().demand();
      raw.frame(0x82, new byte[3]);
      assertThat(raw.read().closeCode()).isEqualTo(1003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"opened", "text", "sent"})
  void aFailureOfTheListenerIsClosedWith1011(String where) throws Exception {
    RecordingListener failing =
        new RecordingListener() {
          @Override
          public void opened(WebSocket socket) {
            super.opened(socket);
            fail("opened");
            socket.demand();
          }

          @Override
          public void text(WebSocket socket, String text) {
            fail("text");
            socket.send(text, handedOver -> fail("sent"));
          }

          private void fail(String here) {
            if (here.equals(where)) {
              throw new IllegalStateException("on purpose");
            }
          }
        };
    server.add("/s", failing.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/s")) {
      raw.text("x");
      RawWebSocket.Frame frame = raw.read();
      RawWebSocket.Frame close = where.equals("sent") ? raw.read() : frame;
      assertThat(close.closeCode()).isEqualTo(1011);
      assertThat(close.text()).endsWith("Internal error");
    }
    assertThat(failing.closeCode()).isEqualTo(1011);
  }

  @Test
  void aPingIsAnswered() throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(server.port, "/echo")) {
      for (int i = 0; i < 3; i++) {
        raw.frame(0x89, new byte[] {(byte) i});
        RawWebSocket.Frame pong = raw.read();
        assertThat(pong.opCode()).isEqualTo(10);
        assertThat(pong.payload()).containsExactly(i);
      }
      assertThat(raw.text("still").readText()).isEqualTo("still");
    }
    echo.closeCode();
  }

  @Test
  void manyIdleOnesNeedFewThreads() throws Exception {
    server.add("/echo", each(), "GET");
    List<RawWebSocket> all = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        all.add(new RawWebSocket(server.port, "/echo"));
      }
      await().until(() -> server.listener.webSockets() == 400);
      assertThat(Thread.getAllStackTraces().keySet().stream())
          .filteredOn(thread -> thread.getName().startsWith("http-"))
          .hasSizeLessThan(100);
      assertThat(all.get(0).text("first").readText()).isEqualTo("first");
      assertThat(all.get(399).text("last").readText()).isEqualTo("last");
    } finally {
      for (RawWebSocket each : all) {
        each.close();
      }
    }
  }

  @Test
  void aClientThatAnswersNoPingIsCutOff() throws Exception {
    try (TestListener strict = new TestListener(Map.of("websocket__idle__timeout", 1))) {
      Echo echo = new Echo();
      strict.add("/echo", echo.handler(TERMS), "GET");
      try (RawWebSocket raw = new RawWebSocket(strict.port, "/echo")) {
        assertThat(raw.read().opCode()).isEqualTo(9);
        assertThat(echo.closeCode()).isNotEqualTo(1000);
      }
    }
  }

  @Test
  void oneThatAnswersThemStays() throws Exception {
    try (TestListener strict = new TestListener(Map.of("websocket__idle__timeout", 4))) {
      Echo echo = new Echo();
      strict.add("/echo", echo.handler(TERMS), "GET");
      try (RawWebSocket raw = new RawWebSocket(strict.port, "/echo")) {
        for (int i = 0; i < 3; i++) {
          assertThat(raw.read().opCode()).isEqualTo(9);
          raw.frame(0x8A, new byte[0]);
        }
        assertThat(echo.socket().isOpen()).isTrue();
      }
    }
  }

  @Test
  void oneThatReadsNothingIsCutOff() throws Exception {
    try (TestListener strict = new TestListener(Map.of("websocket__idle__timeout", 1))) {
      RecordingListener listener = new RecordingListener();
      strict.add("/s", listener.handler(TERMS), "GET");
      try (RawWebSocket raw = new RawWebSocket(strict.port, "/s")) {
        for (int i = 0; i < 300; i++) {
          listener.socket().send(new byte[100_000], WebSocket.Sent.IGNORED);
        }
        listener.closeCode();
        await().until(() -> listener.socket().pending() == 0);
        assertThat(raw).isNotNull();
      }
    }
  }

  @Test
  void theStopOfTheServerClosesThemAndTakesNoMore() throws Exception {
    TestListener stopping = new TestListener();
    CompletableFuture<WebSocket> asked = new CompletableFuture<>();
    Echo echo = new Echo();
    RecordingListener busy =
        new RecordingListener() {
          @Override
          public void goingAway(WebSocket socket) {
            asked.complete(socket);
          }
        };
    stopping.add("/echo", echo.handler(TERMS), "GET");
    stopping.add("/busy", busy.handler(TERMS), "GET");
    try (RawWebSocket one = new RawWebSocket(stopping.port, "/echo");
        RawWebSocket two = new RawWebSocket(stopping.port, "/busy");
        RawConnection late = stopping.connect()) {
      await().until(() -> stopping.listener.webSockets() == 2);
      CompletableFuture<Void> stop = CompletableFuture.runAsync(stopping.listener::stop);

      assertThat(one.read().closeCode()).isEqualTo(1001);
      late.send("GET /echo HTTP/1.1\r\n" + RawWebSocket.HANDSHAKE + "\r\n");
      RawConnection.Answer answer = late.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("the server is stopping");
      assertThat(stop).isNotDone();
      WebSocket socket = asked.get(20, TimeUnit.SECONDS);
      socket.send("last words", WebSocket.Sent.IGNORED);
      socket.close(1001, "now");
      assertThat(two.readText()).isEqualTo("last words");
      assertThat(two.read().closeCode()).isEqualTo(1001);
      stop.get(20, TimeUnit.SECONDS);
    }
    assertThat(echo.closeCode()).isEqualTo(1001);
    assertThat(busy.closeCode()).isEqualTo(1001);
  }

  @Test
  void oneThatDoesNotGoIsCutOff() throws Exception {
    TestListener stopping = new TestListener(Map.of("drain__timeout", 1));
    RecordingListener stubborn =
        new RecordingListener() {
          @Override
          public void goingAway(WebSocket socket) {
            // Stays.
          }
        };
    stopping.add("/s", stubborn.handler(TERMS), "GET");
    try (RawWebSocket raw = new RawWebSocket(stopping.port, "/s")) {
      stubborn.socket();
      stopping.listener.stop();
      assertThat(stubborn.closeCode()).isEqualTo(1006);
      assertThat(endOf(raw)).isTrue();
    }
  }

  private static boolean endOf(RawWebSocket raw) {
    try {
      return raw.isAtEnd();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void framesThatComeWithTheRequestAreRead() throws Exception {
    Echo echo = new Echo();
    server.add("/echo", echo.handler(TERMS), "GET");
    try (RawConnection raw = server.connect()) {
      byte[] handshake =
          ("GET /echo HTTP/1.1\r\n" + RawWebSocket.HANDSHAKE + "\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
      byte[] frame = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'z'};
      byte[] all = Arrays.copyOf(handshake, handshake.length + frame.length);
      System.arraycopy(frame, 0, all, handshake.length, frame.length);
      assertThat(raw.send(all).answer().status()).isEqualTo(101);
      assertThat(raw.read(3)).containsExactly(0x81, 1, 'z');
    }
    echo.closeCode();
  }
}
