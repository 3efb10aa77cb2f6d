package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs as their users meet them: YAML, the admin API, the shell, and services that make some. */
@ExtendWith(ServerExtension.class)
class SchedulerIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Server server;
  private final Client client;

  SchedulerIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private void deploy(String name, String body) {
    HttpResponse<String> answer =
        client.deploy(name, Sources.service("scheduled." + name, "String", "String", body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private HttpResponse<String> put(String job, String fields) {
    return client.send(
        client.api("/objects/scheduler/" + job).PUT(BodyPublishers.ofString(fields)));
  }

  private JsonNode job(String name) {
    HttpResponse<String> answer = client.apiGet("/scheduler/jobs/" + name);
    return answer.statusCode() == 200 ? Client.json(answer) : Client.json("{}");
  }

  private JsonNode runs(String job) {
    return Client.json(client.apiGet("/scheduler/runs?job=" + job)).path("items");
  }

  private void awaitOutcome(String job, String outcome) {
    await(job + " ends with " + outcome)
        .atMost(PATIENCE)
        .until(() -> runs(job).path(0).path("outcome").asText().equals(outcome));
  }

  private String shell(String... arguments) {
    ScriptResult result = server.run("bin/serai", arguments);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void aJobRunsIsPausedAndRunByHandAndItsLogLinesAreKept() {
    String name = Sources.unique("Ticking");
    deploy(name, "context.log().info(\"noted by {}\", context.channel().name()); return \"\";");
    HttpResponse<String> made =
        put(name, "service: scheduled." + name + "\nseconds: 1\nrepeats: 1\n");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

    awaitOutcome(name, "ok");
    assertThat(job(name).path("status").asText()).isEqualTo("finished");
    JsonNode run = runs(name).get(0);
    JsonNode whole = Client.json(client.apiGet("/scheduler/runs/" + run.path("id").asLong()));
    assertThat(whole.path("log").toString()).contains("noted by " + name);
    assertThat(server.log()).contains("cid=" + run.path("cid").asText());

    assertThat(shell("serai:scheduler-pause", name)).contains("paused");
    assertThat(job(name).path("status").asText()).isIn("finished", "paused");
    HttpResponse<String> asked = client.apiPost("/scheduler/jobs/" + name + "/run", "");
    assertThat(asked.statusCode()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> runs(name).size() == 2);
    awaitOutcome(name, "ok");
    assertThat(runs(name).get(0).path("origin").asText()).isEqualTo("manual");
    assertThat(runs(name).get(0).path("cid").asText())
        .isEqualTo(Client.json(asked).path("cid").asText());
    assertThat(shell("serai:scheduler-resume", name)).contains("active");
    assertThat(shell("serai:scheduler-jobs")).contains(name);
    assertThat(shell("serai:scheduler-runs", name)).contains("manual");
    assertThat(shell("serai:scheduler-log", run.path("id").asText())).contains("noted by " + name);
    assertThat(client.apiGet("/scheduler/jobs?q=" + name).body()).contains("\"total\":1");
    JsonNode listed = Client.json(client.apiGet("/scheduler/jobs?runs=2&q=" + name));
    assertThat(listed.path("items").path(0).path("runs").findValuesAsText("id"))
        .isEqualTo(runs(name).findValuesAsText("id"));
    String ended = "/scheduler/runs?job=" + name + "&outcome=";
    assertThat(Client.json(client.apiGet(ended + "ok")).path("total").asInt()).isEqualTo(2);
    assertThat(Client.json(client.apiGet(ended + "error")).path("total").asInt()).isZero();
    assertThat(client.apiGet(ended + "well").statusCode()).isEqualTo(400);
    assertThat(Client.json(client.apiGet("/scheduler")).path("isLeading").asBoolean()).isTrue();
    assertThat(client.send(client.api("/objects/scheduler/" + name).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(client.apiGet("/scheduler/jobs/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void aJobWhoseServiceIsNotThereWaitsAndSaysSo() {
    String name = Sources.unique("Late");
    assertThat(put(name, "service: scheduled." + name + "\nseconds: 1\nrepeats: 1\n").statusCode())
        .isEqualTo(201);
    await().atMost(PATIENCE).until(() -> job(name).path("status").asText().equals("waiting"));
    assertThat(job(name).path("waits").asText()).contains("is not deployed");

    deploy(name, "throw new org.caravanserai.api.ServiceException(422, \"not today\");");
    awaitOutcome(name, "error");
    assertThat(runs(name).get(0).path("error").asText()).isEqualTo("not today");
  }

  @Test
  void whatMakesNoSenseIsToldWithItsPlace() {
    String name = Sources.unique("wrong");
    for (String[] each :
        new String[][] {
          {"job_type: cron_style\ncron_definition: 0 0 30 2 *", "no such day", "3"},
          {"job_type: cron_style\ncron_definition: '* * * * 9'", "no day of the week", "3"},
          {"seconds: 1\ntimezone: Mars/Olympus", "unknown time zone", "3"},
          {"job_type: one_time\nstart_date: 2020-01-01 00:00:00", "is past", "3"},
          {"days: -1", "days", "2"},
          {"seconds: 1\njitter_ms: -5", "jitter_ms", "3"},
          {"seconds: 1\nmax_execution_time_ms: 0", "max_execution_time_ms", "3"},
          {"seconds: 0", "all are 0", "2"},
          {"seconds: 1\nsecunds: 2", "did you mean `seconds`?", "3"},
        }) {
      HttpResponse<String> refused = put(name, "service: scheduled.none\n" + each[0] + "\n");
      assertThat(refused.statusCode()).as(each[0]).isEqualTo(422);
      JsonNode diagnostic = Client.json(refused).at("/diagnostics/0");
      assertThat(refused.body()).contains(each[1]);
      assertThat(diagnostic.path("line").asInt())
          .as(refused.body())
          .isEqualTo(Integer.parseInt(each[2]));
    }
    assertThat(client.apiGet("/objects/scheduler/" + name).statusCode()).isEqualTo(404);
    assertThat(client.apiGet("/scheduler/jobs/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void thePayloadIsCheckedAgainstTheService() {
    String name = Sources.unique("Typed");
    HttpResponse<String> answer =
        client.deploy(
            name,
            """
            package scheduled;
            import org.caravanserai.api.*;
            public class %1$s implements Service<%1$s.Order, String> {
              public record Order(int id) {}
              public String handle(Order order, Context context) {
                context.log().info("order {}", order.id());
                return "";
              }
            }
            """
                .formatted(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String service = Client.json(answer).path("services").path(0).asText();

    HttpResponse<String> wrong =
        put(name, "service: " + service + "\nseconds: 1\nextra: '{\"id\": \"x\"}'\n");
    assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(422);
    assertThat(wrong.body()).contains("/id", service);
    HttpResponse<String> right =
        put(name, "service: " + service + "\nseconds: 1\nrepeats: 1\nextra: '{\"id\": 17}'\n");
    assertThat(right.statusCode()).as(right.body()).isEqualTo(201);
    awaitOutcome(name, "ok");
  }

  @Test
  void aServiceSchedulesAndLocks() throws Exception {
    String later = Sources.unique("Later");
    Path seen = Server.newFolder().resolve("seen");
    deploy(
        later,
        "java.nio.file.Files.writeString(java.nio.file.Path.of(\"%s\"), String.valueOf(input)); return \"\";"
            .formatted(seen));
    String name = Sources.unique("Plans");
    deploy(
        name,
        """
        try (org.caravanserai.api.Lock lock = context.lock("%1$s")) {
          if (!lock.isHeld()) {
            throw new IllegalStateException();
          }
          org.caravanserai.api.Schedule schedule = context.schedule();
          schedule.named("far-%1$s").every(java.time.Duration.ofDays(1), "scheduled.%2$s", null);
          String job = schedule.once(java.time.Duration.ofSeconds(1), "scheduled.%2$s", java.util.Map.of("user", "ann"));
          return job + " " + schedule.cancel("far-%1$s") + " " + schedule.cancel("far-%1$s");
        }
        """
            .formatted(name, later));
    HttpResponse<String> answer = client.apiPost("/services/scheduled." + name + "/invoke", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(" true false");

    await().atMost(PATIENCE).until(() -> Files.exists(seen) && Files.size(seen) > 0);
    assertThat(Files.readString(seen)).contains("ann");
  }

  @Test
  void timesAreToldInAdvance() {
    HttpResponse<String> answer =
        client.apiPost(
            "/scheduler/preview?count=3",
            "{\"job_type\":\"cron_style\",\"cron_definition\":\"0 0 1 1 *\",\"timezone\":\"Europe/Berlin\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode times = Client.json(answer).path("times");
    assertThat(times).hasSize(3);
    assertThat(times.get(0).asText()).endsWith("-12-31T23:00:00Z");
    assertThat(
            client
                .apiPost(
                    "/scheduler/preview",
                    "{\"job_type\":\"cron_style\",\"cron_definition\":\"0 0 30 2 *\"}")
                .body())
        .contains("cron_definition", "no such day");
    assertThat(shell("serai:scheduler-times", "--count", "1", "0 12 * * 1-5"))
        .contains("T12:00:00Z");
    String start =
        Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString();
    assertThat(
            client
                .apiPost(
                    "/scheduler/preview",
                    "{\"job_type\":\"one_time\",\"start_date\":\"" + start + "\"}")
                .body())
        .contains(start);
  }

  @Test
  void theExamplesOfThePageAreRight() throws Exception {
    String page = Files.readString(Path.of("../docs/scheduler.md"));
    String yaml = block(page, "yaml");
    HttpResponse<String> trial = client.apiPost("/config/import?dryRun=true", yaml);
    assertThat(trial.statusCode()).as(trial.body()).isEqualTo(200);
    assertThat(Client.json(trial).path("added")).hasSize(3);

    HttpResponse<String> deployed = client.deploy("Grant", block(page, "java"));
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    HttpResponse<String> granted =
        client.apiPost("/services/access.grant/invoke", "{\"user\":\"ann\"}");
    assertThat(granted.body()).contains("access.revoke-ann");
    await().atMost(PATIENCE).until(() -> job("access.revoke-ann").path("next").size() == 1);
    assertThat(job("access.revoke-ann").path("madeBy").asText()).isEqualTo("service");
    assertThat(shell("serai:scheduler-cancel", "access.revoke-ann")).contains("will not run");
  }

  /** The first block of a language. */
  private static String block(String page, String language) {
    int begin = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(begin, page.indexOf("```", begin));
  }
}
