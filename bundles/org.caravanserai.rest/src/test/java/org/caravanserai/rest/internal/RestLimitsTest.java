package org.caravanserai.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestLimitsTest {

  private static CompletableFuture<HttpResponse<String>> begin(RestServer server, String path) {
    return server
        .client()
        .sendAsync(server.request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aServiceThatHoldsItsShareIs503AndOthersGoOn() throws Exception {
    Services.gate = new Semaphore(0);
    RestServer server = new RestServer(Map.of("threads", 4, "queue", 4));
    try {
      server.open("test.wait", "/wait");
      server.open("test.greet", "/greet");
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(begin(server, "/wait"));
      }
      await().until(() -> calls.stream().anyMatch(CompletableFuture::isDone));
      HttpResponse<String> refused =
          calls.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow().get();
      HttpResponse<String> other = server.get("/greet?name=Ada");
      Services.gate.release(100);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.body()).contains("test.wait");
      assertThat(other.statusCode()).isEqualTo(200);
      for (CompletableFuture<HttpResponse<String>> call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void theServersStopLetsTheCallsInsideEnd() throws Exception {
    Services.gate = new Semaphore(0);
    RestServer server = new RestServer(Map.of());
    server.open("test.wait", "/wait");
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(begin(server, "/wait"));
    }
    await().until(() -> Services.gate.getQueueLength() == 10);

    CompletableFuture<Void> stop =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.stop();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> !answers(server));
    Services.gate.release(10);

    for (CompletableFuture<HttpResponse<String>> call : calls) {
      assertThat(call.get(10, TimeUnit.SECONDS).body()).contains("waited");
    }
    stop.get(20, TimeUnit.SECONDS);
  }

  private static boolean answers(RestServer server) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
