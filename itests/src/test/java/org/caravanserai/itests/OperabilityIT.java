package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of a server: metrics, health, digest. */
@ExtendWith(ServerExtension.class)
class OperabilityIT {

  private final Server server;
  private final Client client;

  OperabilityIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void deploy() {
    assertThat(client.deploy("Operated", source("1")).statusCode()).isEqualTo(201);
    put("channel_rest", "operated", "{\"service\":\"operated\",\"url_path\":\"/operated\"}");
  }

  @AfterEach
  void clear() {
    delete("outgoing_rest", "away");
    delete("channel_rest", "operated");
    client.send(client.api("/deployments/Operated").DELETE());
  }

  private static String source(String answer) {
    return """
        import org.caravanserai.api.*;
        @ServiceName("operated")
        public class Operated implements Service<String, String> {
          @Override public String handle(String input, Context context) {
            if (input.contains("fail")) {
              throw new IllegalStateException("as asked");
            }
            return "%s";
          }
        }
        """
        .formatted(answer);
  }

  private void put(String kind, String name, String json) {
    HttpResponse<String> put =
        client.send(client.api("/objects/" + kind + "/" + name).PUT(BodyPublishers.ofString(json)));
    assertThat(put.statusCode()).as(put.body()).isBetween(200, 201);
  }

  private void delete(String kind, String name) {
    client.send(client.api("/objects/" + kind + "/" + name).DELETE());
  }

  private String metrics() {
    HttpResponse<String> metrics =
        client.send(
            HttpRequest.newBuilder(server.management("/metrics"))
                .header("Authorization", Client.basic("admin", Server.PASSWORD)));
    assertThat(metrics.statusCode()).isEqualTo(200);
    return metrics.body();
  }

  @Test
  void metricsTellOfChannelsServicesObjectsAndDeployments() {
    assertThat(client.post("/operated", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(client.post("/operated", "\"fail\"").statusCode()).isEqualTo(500);
    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains(
                        "serai_channel_requests_total"
                            + "{channel=\"operated\",kind=\"channel_rest\",status=\"2xx\"} 1.0")
                    .contains(
                        "serai_channel_requests_total"
                            + "{channel=\"operated\",kind=\"channel_rest\",status=\"5xx\"} 1.0")
                    .contains(
                        "serai_channel_request_duration_seconds_count"
                            + "{channel=\"operated\",kind=\"channel_rest\"} 2"));
    assertThat(metrics())
        .contains("serai_service_invocations_total{outcome=\"ok\",service=\"operated\"} 1.0")
        .contains("serai_service_invocations_total{outcome=\"failed\",service=\"operated\"} 1.0")
        .contains("serai_objects{kind=\"channel_rest\",state=\"open\"}")
        .contains("serai_deployments{status=\"live\"}")
        .contains("serai_ready 1.0")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void metricsAreForUsersOnlyAndNotOnTheTrafficListener() {
    assertThat(client.send(HttpRequest.newBuilder(server.management("/metrics"))).statusCode())
        .isEqualTo(401);
    assertThat(client.get("/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void aSystemThatDoesNotAnswerMattersOnlyIfItIsRequired() {
    put("outgoing_rest", "away", "{\"host\":\"http://127.0.0.1:1\",\"timeout\":1}");
    assertThat(client.isReady()).isTrue();
    put("outgoing_rest", "away", "{\"host\":\"http://127.0.0.1:1\",\"required\":true}");
    JsonNode health = Client.json(client.apiGet("/health"));
    await().until(() -> !client.isReady());
    assertThat(health.path("ready").asBoolean()).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(Client.json(client.apiGet("/health")).at("/reasons/objects").asText())
                    .startsWith("outgoing_rest/away is required and is not reached: "));
    assertThat(client.post("/operated", "\"x\"").statusCode()).as("serves on").isEqualTo(200);
    delete("outgoing_rest", "away");
    await().until(client::isReady);
  }

  @Test
  void healthNamesObjectsThatDoNotWork() {
    put(
        "outgoing_rest",
        "away",
        "{\"host\":\"http://127.0.0.1:1\",\"url_path\":\"/${secret:nobody-set-it}\"}");
    JsonNode health = Client.json(client.apiGet("/health"));
    assertThat(health.path("ready").asBoolean()).isTrue();
    assertThat(health.path("objects").findValuesAsText("name")).contains("away");
    assertThat(health.path("objects").findValuesAsText("reason").toString())
        .contains("secret nobody-set-it");
  }

  @Test
  void theDigestTellsCodeFromConfiguration() {
    JsonNode before = Client.json(client.apiGet("/digest"));
    assertThat(client.deploy("Operated", source("2")).statusCode()).isEqualTo(200);
    JsonNode other = Client.json(client.apiGet("/digest"));
    assertThat(other.path("code")).isNotEqualTo(before.path("code"));
    assertThat(other.path("configuration")).isEqualTo(before.path("configuration"));
    assertThat(client.deploy("Operated", source("1")).statusCode()).isEqualTo(200);
    put("channel_rest", "operated", "{\"service\":\"operated\",\"url_path\":\"/elsewhere\"}");
    JsonNode third = Client.json(client.apiGet("/digest"));
    assertThat(third.path("code")).isEqualTo(before.path("code"));
    assertThat(third.path("configuration")).isNotEqualTo(before.path("configuration"));
  }

  @Test
  void anEmptiedConfigurationOfTheLogIsGivenBack() throws IOException {
    Path file = server.data().resolve("karaf/etc/org.ops4j.pax.logging.cfg");
    String before = Files.readString(file);

    Files.writeString(file, "");

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(Files.readString(file)).isEqualTo(before));
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .send(client.api("/shell").POST(BodyPublishers.ofString("log:get")))
                            .body())
                    .contains("INFO"));
  }
}
