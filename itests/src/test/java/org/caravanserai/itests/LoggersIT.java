package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Levels of loggers that are set for a while. */
@ExtendWith(ServerExtension.class)
class LoggersIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Server server;
  private final Client client;
  private String name;
  private String service;

  LoggersIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void deploy() {
    name = Sources.unique("Fine");
    service = "fine." + name;
    String source =
        Sources.service(
            service,
            "String",
            "String",
            "context.log().debug(\"heard {}\", input);\nreturn input;");
    assertThat(client.deploy(name, source).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void undeploy() {
    client.send(client.api("/loggers/" + service).DELETE());
    client.send(client.api("/deployments/" + name).DELETE());
  }

  private HttpResponse<String> set(String logger, String body) {
    return client.send(client.api("/loggers/" + logger).PUT(BodyPublishers.ofString(body)));
  }

  private JsonNode logger() {
    return Client.json(client.apiGet("/loggers/" + service));
  }

  private List<String> lines() {
    return Client.json(client.apiGet("/logs?service=" + service)).findValuesAsText("message");
  }

  private void call(String input) {
    assertThat(client.apiPost("/services/" + service + "/invoke", input).statusCode())
        .isEqualTo(200);
  }

  private Path configuration() {
    return server.data().resolve("karaf/etc/org.ops4j.pax.logging.cfg");
  }

  @Test
  void aLevelHoldsUntilItIsEndedAndNoFileChanges() throws IOException {
    String file = Files.readString(configuration());
    call("before");

    HttpResponse<String> answer = set(service, "{\"level\":\"debug\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode told = Client.json(answer);
    assertThat(told.path("level").asText()).isEqualTo("DEBUG");
    assertThat(told.path("configured").asText()).isEqualTo("INFO");
    assertThat(told.path("by").asText()).isEqualTo("admin");
    assertThat(Instant.parse(told.path("until").asText()))
        .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600));
    call("meanwhile");
    await().atMost(LIMIT).until(() -> lines().equals(List.of("heard meanwhile")));

    assertThat(client.send(client.api("/loggers/" + service).DELETE()).statusCode()).isEqualTo(204);
    call("after");
    assertThat(logger().path("level").asText()).isEqualTo("INFO");
    assertThat(lines()).containsExactly("heard meanwhile");
    assertThat(Files.readString(configuration())).isEqualTo(file);
  }

  @Test
  void aLevelEndsByItself() {
    assertThat(set(service, "{\"level\":\"TRACE\",\"for\":\"PT2S\"}").statusCode()).isEqualTo(200);

    await().atMost(LIMIT).until(() -> logger().path("until").isMissingNode());

    assertThat(logger().path("level").asText()).isEqualTo("INFO");
    call("after");
    assertThat(lines()).isEmpty();
  }

  @Test
  void aLevelOutlivesAChangeOfTheConfiguration() {
    assertThat(set(service, "{\"level\":\"DEBUG\"}").statusCode()).isEqualTo(200);
    String other = "other." + name;

    HttpResponse<String> changed =
        client.apiPost(
            "/shell",
            "config:property-set --pid org.ops4j.pax.logging log4j2.logger.%s.name %s"
                .formatted(name, other));
    assertThat(changed.body()).doesNotContain("Error");
    client.apiPost(
        "/shell",
        "config:property-set --pid org.ops4j.pax.logging log4j2.logger.%s.level ERROR"
            .formatted(name));

    await()
        .atMost(LIMIT)
        .until(
            () ->
                Client.json(client.apiGet("/loggers/" + other))
                    .path("configured")
                    .asText()
                    .equals("ERROR"));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              call("still");
              assertThat(lines()).contains("heard still");
            });
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String wrong :
        List.of(
            "{\"level\":\"LOUD\"}",
            "{}",
            "{\"level\":\"DEBUG\",\"for\":\"ten minutes\"}",
            "{\"level\":\"DEBUG\",\"for\":\"PT0S\"}",
            "{\"level\":\"DEBUG\",\"for\":\"P2D\"}")) {
      assertThat(set(service, wrong).statusCode()).as(wrong).isEqualTo(422);
    }
    assertThat(set(service, "{").statusCode()).isEqualTo(400);
    assertThat(client.send(client.api("/loggers/" + service).DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void theListHasThoseOfTheConfigurationAndThoseThatAreSet() {
    assertThat(set(service, "{\"level\":\"WARN\"}").statusCode()).isEqualTo(200);

    assertThat(Client.json(client.apiGet("/loggers?q=" + service)).findValuesAsText("level"))
        .containsExactly("WARN");
    assertThat(Client.json(client.apiGet("/loggers?temporary=false")).findValuesAsText("name"))
        .contains("ROOT", "org.eclipse.jetty")
        .doesNotContain(service);
  }
}
