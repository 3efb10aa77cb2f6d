package org.caravanserai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.http.WebSocketTerms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChannelMetersTest {

  private static TestListener server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestListener();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void clear() {
    server.clear();
  }

  @Test
  void countsAnswersByClassOfStatus() throws Exception {
    server.add("/ok", TestListener.text("ok"));
    server.add("/bad", exchange -> exchange.error(422, "no"));
    server.get("/ok");
    server.get("/ok");
    server.get("/bad");
    server.get("/nowhere");
    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains(
                        "serai_channel_requests_total{channel=\"/ok\",kind=\"test\",status=\"2xx\"}"
                            + " 2.0\n")
                    .contains(
                        "serai_channel_requests_total"
                            + "{channel=\"/bad\",kind=\"test\",status=\"4xx\"} 1.0\n")
                    .contains(
                        "serai_channel_request_duration_seconds_count"
                            + "{channel=\"/ok\",kind=\"test\"} 2\n")
                    .contains("channel=\"/ok\",kind=\"test\",le=\"+Inf\"} 2\n"));
    assertThat(metrics()).doesNotContain("nowhere");
  }

  @Test
  void countsTheUpgradesToWebSockets() throws Exception {
    server.add("/socket", new RecordingListener().handler(new WebSocketTerms(10)), "GET");
    new RawWebSocket(server.port, "/socket").close();
    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains(
                        "serai_channel_requests_total"
                            + "{channel=\"/socket\",kind=\"test\",status=\"1xx\"} 1.0\n"));
  }

  @Test
  void countsOnWhenTheChannelChanges() throws Exception {
    Registration channel = server.add("/a", TestListener.text("a"));
    server.get("/a");
    channel.replace(
        new TrafficRoute(
            "test", "/a", PathTemplate.parse("/b"), Set.of("GET"), TestListener.text("b")));
    server.get("/b");
    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains("{channel=\"/a\",kind=\"test\",status=\"2xx\"} 2.0"));
  }

  @Test
  void forgetsAChannelThatIsGone() throws Exception {
    server.add("/gone", TestListener.text("x"));
    server.get("/gone");
    await().untilAsserted(() -> assertThat(metrics()).contains("/gone"));
    server.clear();
    assertThat(metrics()).doesNotContain("/gone");
  }

  private static String metrics() throws IOException {
    var out = new ByteArrayOutputStream();
    server.metrics.write(null, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
