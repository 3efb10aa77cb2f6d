package org.caravanserai.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CrowdTest {

  @Test
  void countsEveryAnswerThatIsNot200() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var calls = new AtomicInteger();
    var enough = new CountDownLatch(20);
    server.createContext(
        "/",
        exchange -> {
          int status = calls.incrementAndGet() % 2 == 0 ? 200 : 503;
          byte[] body = "x".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
          enough.countDown();
        });
    server.start();
    try (var crowd = new Crowd(server.getAddress().getPort(), "/", 2)) {
      enough.await();
      Experience seen = crowd.end();

      assertThat(seen.requests()).isEqualTo(calls.get());
      assertThat(seen.losses()).isEqualTo((calls.get() + 1) / 2);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsReset() throws Exception {
    var closed = new CountDownLatch(3);
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var server = new Thread(() -> closeAll(listener, closed), "listener");
      server.start();
      try (var crowd = new Crowd(listener.getLocalPort(), "/", 1)) {
        closed.await();
        Experience seen = crowd.end();

        assertThat(seen.losses()).isGreaterThanOrEqualTo(3).isEqualTo(seen.requests());
        assertThat(seen.account()).startsWith("0 failed").contains("0 hung");
      }
    }
  }

  private static void closeAll(ServerSocket listener, CountDownLatch closed) {
    try {
      while (true) {
        listener.accept().close();
        closed.countDown();
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }
}
