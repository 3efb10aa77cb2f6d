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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log lines in memory, and what happens as server-sent events. */
@ExtendWith(ServerExtension.class)
class EventsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Server server;
  private final Client client;
  private String name;
  private String service;

  EventsIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void deploy() {
    name = Sources.unique("Told");
    service = "told." + name;
    assertThat(client.deploy(name, source("said")).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void undeploy() {
    client.send(client.api("/deployments/" + name).DELETE());
  }

  private String source(String word) {
    return Sources.service(
        service,
        "String",
        "String",
        """
        context.log().info("%s {}", input);
        if (input.contains("warn")) {
          context.log().warn("beware", new IllegalStateException("as asked"));
        }
        return context.cid();
        """
            .formatted(word));
  }

  /** Calls it; answers with the correlation id. */
  private String call(String input) {
    HttpResponse<String> answer = client.apiPost("/services/" + service + "/invoke", input);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("X-Serai-CID").orElseThrow();
  }

  private JsonNode logs(String query) {
    HttpResponse<String> found = client.apiGet("/logs?" + query);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    return Client.json(found);
  }

  private EventStream stream(String query) {
    return new EventStream(client.api("/events?" + query));
  }

  @Test
  void theLinesOfACallAreFoundByItsCid() {
    String cid = call("hello");
    call("another");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonNode found = logs("cid=" + cid);
              assertThat(found.path("total").asInt()).isEqualTo(1);
              JsonNode line = found.path("items").get(0);
              assertThat(line.path("message").asText()).isEqualTo("said hello");
              assertThat(line.path("level").asText()).isEqualTo("INFO");
              assertThat(line.path("logger").asText()).isEqualTo(service);
              assertThat(line.path("service").asText()).isEqualTo(service);
              assertThat(line.path("cid").asText()).isEqualTo(cid);
              assertThat(line.path("thread").asText()).isNotEmpty();
              assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
            });
  }

  @Test
  void linesAreFilteredByLevelLoggerServiceAndText() {
    call("warn me <b>1</b>");
    String only = "service=" + service;
    await().atMost(LIMIT).until(() -> logs(only).path("total").asInt() == 2);
    assertThat(logs(only + "&level=warn").findValuesAsText("message")).containsExactly("beware");
    assertThat(logs(only + "&level=ERROR").path("total").asInt()).isZero();
    assertThat(logs(only).findValuesAsText("message"))
        .containsExactly("said warn me <b>1</b>", "beware");
    assertThat(logs("logger=told.&text=ME%20%3Cb%3E1&" + only).path("total").asInt()).isEqualTo(1);
    assertThat(logs(only + "&text=AS%20ASKED").path("items").get(0).path("exception").asText())
        .startsWith("java.lang.IllegalStateException: as asked\n");
    assertThat(logs(only + "&limit=1").findValuesAsText("message")).containsExactly("beware");
    assertThat(logs(only + "&limit=1").path("total").asInt()).isEqualTo(2);
    for (String wrong : List.of("level=LOUD", "limit=-1", "limit=x", "nothing=1")) {
      assertThat(client.apiGet("/logs?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void linesAreToldAsTheyAreWritten() {
    try (EventStream events = stream("types=log&service=" + service);
        EventStream warnings = stream("types=log&level=WARN&service=" + service);
        EventStream others = stream("types=deployment,health")) {
      assertThat(events.response().headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      await().atMost(LIMIT).until(() -> events.comments() > 0 && warnings.comments() > 0);
      String cid = call("warn");
      EventStream.Event beware =
          events.await(each -> each.data().path("message").asText().equals("beware"));
      assertThat(beware.data().path("cid").asText()).isEqualTo(cid);
      assertThat(beware.id()).isEqualTo(beware.data().path("number").asText());
      warnings.await(each -> each.type().equals("log"));
      assertThat(warnings.events()).hasSize(1);
      assertThat(events.events()).extracting(EventStream.Event::type).containsOnly("log");
      assertThat(others.events()).extracting(EventStream.Event::type).doesNotContain("log");
    }
  }

  @Test
  void deploymentsAreTold() {
    try (EventStream events = stream("types=deployment")) {
      await().atMost(LIMIT).until(() -> events.comments() > 0);
      assertThat(client.deploy(name, source("again")).statusCode()).isEqualTo(200);
      JsonNode live = awaitOutcome(events, "live");
      assertThat(live.path("revision").asInt()).isEqualTo(2);
      assertThat(live.path("services").get(0).asText()).isEqualTo(service);
      assertThat(client.deploy(name, "no Java").statusCode()).isEqualTo(422);
      JsonNode rejected = awaitOutcome(events, "rejected");
      assertThat(rejected.path("revision").asInt()).isEqualTo(2);
      assertThat(rejected.path("message").asText()).startsWith("compile");
      client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":1}");
      assertThat(awaitOutcome(events, "rolled_back").path("revision").asInt()).isGreaterThan(2);
      client.send(client.api("/deployments/" + name).DELETE());
      assertThat(awaitOutcome(events, "undeployed").path("time").asText()).isNotEmpty();
      assertThat(client.apiPost("/deployments/" + name + "?dryRun=true", source("x")).statusCode())
          .isEqualTo(200);
      assertThat(outcomes(events)).containsExactly("live", "rejected", "rolled_back", "undeployed");
    }
  }

  private JsonNode awaitOutcome(EventStream events, String outcome) {
    return events
        .await(each -> isOurs(each) && each.data().path("outcome").asText().equals(outcome))
        .data();
  }

  private List<String> outcomes(EventStream events) {
    return events.events().stream()
        .filter(this::isOurs)
        .map(each -> each.data().path("outcome").asText())
        .toList();
  }

  private boolean isOurs(EventStream.Event event) {
    return event.data().path("name").asText().equals(name);
  }

  @Test
  void healthIsTold() {
    try (EventStream events = stream("types=health")) {
      await().atMost(LIMIT).until(() -> events.comments() > 0);
      client.send(
          client
              .api("/objects/outgoing_rest/" + name)
              .PUT(BodyPublishers.ofString("{host: 'http://127.0.0.1:1', required: true}")));
      JsonNode health = events.await(each -> !each.data().path("ready").asBoolean(true)).data();
      assertThat(health.at("/reasons/objects").asText()).contains("outgoing_rest/" + name);
      client.send(client.api("/objects/outgoing_rest/" + name).DELETE());
      events.await(each -> each.data().path("ready").asBoolean());
    } finally {
      client.send(client.api("/objects/outgoing_rest/" + name).DELETE());
      await().atMost(LIMIT).until(client::isReady);
    }
  }

  @Test
  void aStreamGoesOnWhereItWasLeft() {
    String last;
    try (EventStream events = stream("types=log&service=" + service)) {
      await().atMost(LIMIT).until(() -> events.comments() > 0);
      call("first");
      last = events.await(each -> true).id();
    }
    call("missed");
    for (HttpRequest.Builder request :
        List.of(
            client.api("/events?types=log&service=" + service).header("Last-Event-ID", last),
            client.api("/events?types=log&service=" + service + "&after=" + last))) {
      try (EventStream events = new EventStream(request)) {
        assertThat(events.await(each -> true).data().path("message").asText())
            .isEqualTo("said missed");
      }
    }
    // That of another life of the server: all that there is.
    try (EventStream events = stream("types=log&after=1&service=" + service)) {
      events.await(each -> each.data().path("message").asText().equals("said first"));
    }
    assertThat(client.apiGet("/events?after=x").statusCode()).isEqualTo(400);
    assertThat(client.apiGet("/events?types=log,x").statusCode()).isEqualTo(400);
  }

  @Test
  void aStreamEndsWithItsSessionAndNeedsAUser() {
    HttpResponse<String> nobody =
        client.send(HttpRequest.newBuilder(server.management("/api/v1/events")));
    assertThat(nobody.statusCode()).isEqualTo(401);
    HttpResponse<String> head =
        client.send(client.api("/events").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    Browser browser = new Browser(server);
    browser.login("admin", Server.PASSWORD);
    try (EventStream events = new EventStream(browser.request("/events"))) {
      await().atMost(LIMIT).until(() -> events.comments() > 0);
      assertThat(browser.logout().statusCode()).isEqualTo(204);
      events.awaitEnd();
    }
  }

  @Test
  void thereAreOnlySoManyStreamsWhichEndWithTheServerAndWhoIsTooSlowIsToldWhatIsLost()
      throws IOException {
    Path data = Server.newFolder();
    try (Server own = Server.start(data, java.util.Map.of())) {
      Path settings = data.resolve("karaf/etc/org.caravanserai.management.cfg");
      Files.writeString(
          settings,
          "\nevents_kept = 50\nevents_streams = 2\nevents_heartbeat = 1\n",
          StandardOpenOption.APPEND);
      await().atMost(LIMIT).until(() -> own.client().apiGet("/logs?limit=51").statusCode() == 400);
      List<EventStream> streams = new ArrayList<>();
      streams.add(new EventStream(own.client().api("/events?after=1")));
      streams.add(new EventStream(own.client().api("/events")));
      HttpResponse<String> third = own.client().apiGet("/events");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("Retry-After")).isPresent();
      await().atMost(LIMIT).until(() -> streams.get(1).comments() > 2);
      streams.get(1).close();
      own.client().deploy("Chatty", chatty());
      assertThat(own.client().apiPost("/services/chatty/invoke", "200").statusCode())
          .isEqualTo(200);
      // The place of the one that was closed is free once that was noticed.
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                try (EventStream late = new EventStream(own.client().api("/events?after=1"))) {
                  assertThat(late.response().statusCode()).isEqualTo(200);
                  EventStream.Event lost = late.await(each -> each.type().equals("lost"));
                  assertThat(lost.data().path("count").asLong()).isGreaterThanOrEqualTo(150);
                }
              });
      own.stop();
      streams.get(0).awaitEnd();
    }
  }

  private static String chatty() {
    return Sources.service(
        "chatty",
        "String",
        "String",
        "for (int i = 0; i < Integer.parseInt(input); i++) { context.log().info(\"line {}\", i); }"
            + " return input;");
  }
}
