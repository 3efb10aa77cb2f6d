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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deploying, rolling back and taking away through the admin API, and all that can be wrong about
 * it.
 */
@ExtendWith(ServerExtension.class)
class DeploymentApiIT {

  private final Server server;
  private final Client client;

  DeploymentApiIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void aSourceGoesLiveAndIsReplaced() {
    String name = Sources.unique("api");
    HttpResponse<String> first = client.deploy(name, Sources.constant("api." + name, "one"));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(Client.json(first).path("status").asText()).isEqualTo("live");
    assertThat(Client.json(first).path("revision").asInt()).isEqualTo(1);
    assertThat(Client.json(first).at("/services/0").asText()).isEqualTo("api." + name);
    for (String step : new String[] {"compileMs", "installMs", "switchMs", "persistMs"}) {
      assertThat(Client.json(first).path("timings").path(step).isNumber()).as(step).isTrue();
    }
    assertThat(invoke("api." + name, "").body()).isEqualTo("one");

    HttpResponse<String> second = client.deploy(name, Sources.constant("api." + name, "two"));
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(Client.json(second).path("revision").asInt()).isEqualTo(2);
    assertThat(invoke("api." + name, "").body()).isEqualTo("two");
  }

  @Test
  void aDryRunChangesNothing() {
    String name = Sources.unique("dry");
    HttpResponse<String> dry =
        client.apiPost("/deployments/" + name + "?dryRun=true", Sources.constant(name, "one"));
    assertThat(dry.statusCode()).isEqualTo(200);
    assertThat(Client.json(dry).path("status").asText()).isEqualTo("would-be-live");
    assertThat(client.apiGet("/deployments/" + name).statusCode()).isEqualTo(404);
    assertThat(client.apiGet("/services/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void rollBackBringsTheOldSourceBack() {
    String name = Sources.unique("back");
    client.deploy(name, Sources.constant(name, "one"));
    client.deploy(name, Sources.constant(name, "two"));
    HttpResponse<String> back =
        client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":1}");
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    assertThat(invoke(name, "").body()).isEqualTo("one");
    assertThat(
            client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":99}").statusCode())
        .isEqualTo(404);
    assertThat(
            client
                .apiPost("/deployments/" + name + "/rollback", "{\"revision\":\"x\"}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void anotherRevisionThanExpectedIsNotReplaced() {
    String name = Sources.unique("match");
    client.deploy(name, Sources.constant(name, "one"));
    HttpResponse<String> late =
        client.send(
            client
                .api("/deployments/" + name)
                .header("If-Match", "\"rev-7\"")
                .POST(BodyPublishers.ofString(Sources.constant(name, "two"))));
    assertThat(late.statusCode()).isEqualTo(412);
    HttpResponse<String> right =
        client.send(
            client
                .api("/deployments/" + name)
                .header("If-Match", "\"rev-1\"")
                .POST(BodyPublishers.ofString(Sources.constant(name, "two"))));
    assertThat(right.statusCode()).isEqualTo(200);
  }

  @Test
  void aDeploymentFromAFolderIsWrittenBackThere() throws IOException {
    String name = Sources.unique("Origin");
    Path file = server.save(name + ".java", Sources.constant("origin." + name, "one"));
    await().until(() -> client.apiGet("/deployments/" + name).statusCode() == 200);

    String two = Sources.constant("origin." + name, "two");
    HttpResponse<String> response = client.deploy(name, two);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Client.json(response).has("source")).isFalse();
    assertThat(file).hasContent(two);
    assertThat(Client.json(client.apiGet("/deployments/" + name)).path("origin").asText())
        .isEqualTo(file.toString());

    // A folder of that name can not be written, whoever asks.
    Files.delete(file);
    Files.createDirectory(file);
    HttpResponse<String> unwritable = client.deploy(name, Sources.constant("origin." + name, "3"));
    assertThat(Client.json(unwritable).path("source").asText()).isEqualTo("differs");
    Files.delete(file);
  }

  @Test
  void deletingTakesTheServiceAway() {
    String name = Sources.unique("away");
    client.deploy(name, Sources.constant(name, "one"));
    HttpRequest.Builder delete = client.api("/deployments/" + name).DELETE();
    assertThat(client.send(delete).statusCode()).isEqualTo(204);
    assertThat(client.send(delete).statusCode()).isEqualTo(404);
    assertThat(invoke(name, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aSyntaxErrorIsToldWithItsPlace() {
    String name = Sources.unique("syntax");
    String source = "public class Broken {\n  int x = ;\n}\n";
    HttpResponse<String> response = client.deploy(name, source);
    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode body = Client.json(response);
    assertThat(body.path("status").asText()).isEqualTo("rejected");
    assertThat(body.path("stage").asText()).isEqualTo("compile");
    assertThat(body.path("cid").asText()).isNotEmpty();
    JsonNode diagnostic = body.at("/diagnostics/0");
    assertThat(diagnostic.path("line").asInt()).isEqualTo(2);
    assertThat(diagnostic.path("column").asInt()).isPositive();
    assertThat(diagnostic.path("file").asText()).isEqualTo(name + ".java");
    assertThat(diagnostic.path("message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          compile   | ''
          compile   | // nothing but a comment
          compile   | this is no Java
          check     | public class NoService {}
          check     | public class Raw implements org.caravanserai.api.Service { public Object handle(Object i, org.caravanserai.api.Context c) { return i; } }
          check     | public class Open<T> implements org.caravanserai.api.Service<T, String> { public String handle(T i, org.caravanserai.api.Context c) { return ""; } }
          construct | public class Thrower implements org.caravanserai.api.Service<String, String> { public Thrower() { throw new IllegalStateException("no luck"); } public String handle(String i, org.caravanserai.api.Context c) { return i; } }
          construct | public class Sleeper implements org.caravanserai.api.Service<String, String> { public Sleeper() throws Exception { new java.util.concurrent.CountDownLatch(1).await(); } public String handle(String i, org.caravanserai.api.Context c) { return i; } }
          """)
  void whatCanNotServeIsRejectedAtItsStage(String stage, String source) {
    HttpResponse<String> response = client.deploy(Sources.unique("bad"), source);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(Client.json(response).path("stage").asText()).as(response.body()).isEqualTo(stage);
    assertThat(Client.json(response).at("/diagnostics/0/message").asText()).isNotEmpty();
    assertThat(response.body()).doesNotContain("\tat ", "\\tat ");
  }

  @Test
  void garbageIsRejected() {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    HttpResponse<String> response =
        client.send(
            client
                .api("/deployments/" + Sources.unique("garbage"))
                .POST(BodyPublishers.ofByteArray(garbage)));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(Client.json(response).path("stage").asText()).isEqualTo("compile");
    assertThat(Client.json(response).path("diagnostics").size()).isBetween(1, 1000);
  }

  @Test
  void aSourceOf20MegabytesIsTooLarge() {
    HttpResponse<String> response =
        client.deploy(Sources.unique("large"), "/*" + "x".repeat(20 * 1024 * 1024) + "*/");
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void aServiceOfAnotherDeploymentIsAConflict() {
    String owner = Sources.unique("owner");
    String thief = Sources.unique("thief");
    client.deploy(owner, Sources.constant("service." + owner, "mine"));
    HttpResponse<String> response =
        client.deploy(thief, Sources.constant("service." + owner, "stolen"));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(Client.json(response).path("stage").asText()).isEqualTo("conflict");
    assertThat(Client.json(response).at("/diagnostics/0/message").asText()).contains(owner);
    assertThat(invoke("service." + owner, "").body()).isEqualTo("mine");
  }

  @Test
  void aSecondFileOfTheSameNameIsRefusedNamingTheFirst() throws IOException {
    String name = Sources.unique("Twice");
    Path first = server.save(name + ".java", Sources.constant("twice." + name, "first"));
    await().until(() -> client.apiGet("/deployments/" + name).statusCode() == 200);

    Path folder = Files.createDirectories(server.data().resolve("deploy/other"));
    Files.writeString(folder.resolve(name + ".java"), Sources.constant("twice." + name, "second"));

    await()
        .untilAsserted(
            () ->
                assertThat(
                        client.apiGet("/config/files").body()
                            + client.apiGet("/deployments").body())
                    .contains("other")
                    .contains(first.toString()));
    assertThat(invoke("twice." + name, "").body()).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2F..%2Fetc", "a%20b", "%00", "a%2Fb"})
  void aNameThatIsNoneIsRefused(String name) {
    HttpResponse<String> response = client.deploy(name, Sources.constant("x.y", "x"));
    assertThat(response.statusCode()).as(response.body()).isIn(400, 422);
  }

  @Test
  void anInvocationTellsWhatIsWrongWithItsInput() {
    String name = Sources.unique("input");
    client.deploy(
        name, Sources.service(name, "Person", "String", "return input.address().city();"));
    assertThat(invoke(name, "{\"name\":\"A\",\"age\":3,\"address\":{\"city\":\"Rome\"}}").body())
        .isEqualTo("Rome");
    HttpResponse<String> missing = invoke(name, "{\"name\":\"A\",\"age\":3,\"address\":{}}");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(Client.json(missing).path("detail").asText()).isEqualTo("/address/city: missing");
    assertThat(invoke(name, "{\"name\"").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> invoke(String service, String input) {
    return client.apiPost("/services/" + service + "/invoke", input);
  }
}
