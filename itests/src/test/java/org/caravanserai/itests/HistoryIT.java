package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Numbers over time, what the list of services tells of the last minute, and who calls them. */
@ExtendWith(ServerExtension.class)
class HistoryIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Client client;
  private String name;
  private String service;

  HistoryIT(Server server) {
    this.client = server.client();
  }

  @BeforeEach
  void deploy() {
    name = Sources.unique("Counted");
    service = "counted." + name;
    String source =
        Sources.service(
            service,
            "String",
            "String",
            """
            if (input.isEmpty()) {
              throw new org.caravanserai.api.ServiceException(422, "nothing said");
            }
            return input;
            """);
    assertThat(client.deploy(name, source).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void undeploy() {
    client.send(client.api("/deployments/" + name).DELETE());
  }

  private HttpResponse<String> call(String input) {
    return client.apiPost("/services/" + service + "/invoke", input);
  }

  private JsonNode history(String query) {
    HttpResponse<String> found = client.apiGet("/metrics/history?" + query);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    return Client.json(found);
  }

  private static double sum(JsonNode values) {
    double sum = 0;
    for (JsonNode value : values) {
      sum += value.asDouble();
    }
    return sum;
  }

  private JsonNode row() {
    return Client.json(client.apiGet("/services?q=" + service)).path("items").path(0);
  }

  @Test
  void aServiceHasNumbersOnceItIsCalled() {
    assertThat(history("service=" + service).path("isKept").asBoolean()).isFalse();
    call("hello");
    call("hello");
    call("");

    await()
        .atMost(LIMIT)
        .until(() -> sum(history("service=" + service).path("values").path("calls")) > 0);

    JsonNode history = history("service=" + service);
    JsonNode values = history.path("values");
    int points = history.path("times").size();
    assertThat(values.path("calls")).hasSize(points);
    assertThat(values.path("latency_p95")).hasSize(points);
    assertThat(sum(values.path("latency_p99"))).isPositive();
    await()
        .atMost(LIMIT)
        .until(() -> sum(history("service=" + service).path("values").path("failures")) > 0);
    assertThat(sum(history("names=calls").path("values").path("calls"))).isPositive();
  }

  @Test
  void theServerHasItsOwn() {
    await().atMost(LIMIT).until(() -> !history("names=threads").path("times").isEmpty());

    JsonNode values = history("").path("values");

    assertThat(sum(values.path("heap_used"))).isPositive();
    assertThat(sum(values.path("threads"))).isPositive();
    assertThat(values.has("calls")).isTrue();
    assertThat(values.has("http_connections")).isTrue();
    assertThat(values.has("pubsub_messages")).isTrue();
    assertThat(values.has("deploys")).isTrue();
    assertThat(history("names=cpu,gc").path("values").has("calls")).isFalse();
    assertThat(history("seconds=3600&step=60").path("step").asInt()).isEqualTo(60);
    for (String wrong : List.of("seconds=0", "step=x", "nothing=1")) {
      assertThat(client.apiGet("/metrics/history?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void theListTellsRateLatencyAndTheLastFailure() {
    call("hello");
    String cid = call("").headers().firstValue("X-Serai-CID").orElseThrow();

    await().atMost(LIMIT).until(() -> row().path("callsPerSecond").asDouble() > 0);

    assertThat(row().path("p95Micros").asLong()).isPositive();
    JsonNode failure = row().path("lastFailure");
    assertThat(failure.path("status").asInt()).isEqualTo(422);
    assertThat(failure.path("message").asText()).isEqualTo("nothing said");
    assertThat(failure.path("cid").asText()).isEqualTo(cid);
    assertThat(client.apiGet("/services?sort=-lastFailure&limit=1").body()).contains(service);
    for (String sort : List.of("-callsPerSecond", "-p95Micros")) {
      assertThat(client.apiGet("/services?sort=" + sort).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoLeadsToAServiceIsTold() {
    String channel = Sources.unique("counted");
    String made = "{\"service\":\"%s\",\"url_path\":\"/%s\"}".formatted(service, channel);
    HttpResponse<String> put =
        client.send(
            client.api("/objects/channel_rest/" + channel).PUT(BodyPublishers.ofString(made)));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
    try {
      assertThat(client.post("/" + channel, "\"hello\"").statusCode()).isEqualTo(200);

      JsonNode callers = Client.json(client.apiGet("/services/" + service + "/callers"));

      assertThat(callers.path("objects").findValuesAsText("name")).containsExactly(channel);
      assertThat(callers.path("recent").findValuesAsText("kind")).containsExactly("channel_rest");
      assertThat(callers.path("recent").findValuesAsText("name")).containsExactly(channel);
      assertThat(client.apiGet("/services/no.such/callers").statusCode()).isEqualTo(404);
    } finally {
      client.send(client.api("/objects/channel_rest/" + channel).DELETE());
    }
  }
}
