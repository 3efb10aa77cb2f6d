package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects as their users meet them: the admin API, the shell, files, secrets. */
@ExtendWith(ServerExtension.class)
class ObjectsIT {

  private final Server server;
  private final Client client;

  ObjectsIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpResponse<String> put(String path, String body, String... headers) {
    HttpRequest.Builder request = client.api(path).PUT(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request);
  }

  private HttpResponse<String> delete(String path) {
    return client.send(client.api(path).DELETE());
  }

  private String channel(String name, String service) {
    return "{\"service\":\"%s\",\"url_path\":\"/objects/%s\"}".formatted(service, name);
  }

  private String deployed(String text) {
    String name = Sources.unique("Objects");
    HttpResponse<String> answer = client.deploy(name, Sources.constant("objects." + name, text));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return "objects." + name;
  }

  @Test
  void aChannelIsMadeChangedAndTakenAwayByTheApi() {
    String name = Sources.unique("channel");
    String path = "/objects/channel_rest/" + name;
    String service = deployed("one");

    HttpResponse<String> made = put(path, channel(name, service), "If-None-Match", "*");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(Client.json(made).path("state").asText()).isEqualTo("open");
    assertThat(Client.json(made).path("origin").asText()).isEqualTo("store");
    assertThat(client.post("/objects/" + name, "").body()).isEqualTo("one");
    String etag = made.headers().firstValue("ETag").orElseThrow();

    assertThat(put(path, channel(name, service), "If-None-Match", "*").statusCode()).isEqualTo(412);
    HttpResponse<String> changed =
        put(path, "service: " + service + "\nurl_path: /objects/other-" + name, "If-Match", etag);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(client.post("/objects/" + name, "").statusCode()).isEqualTo(404);
    assertThat(client.post("/objects/other-" + name, "").body()).isEqualTo("one");
    assertThat(put(path, channel(name, service), "If-Match", etag).statusCode()).isEqualTo(412);

    HttpResponse<String> read = client.apiGet(path);
    assertThat(read.headers().firstValue("ETag"))
        .isEqualTo(changed.headers().firstValue("ETag"))
        .isNotEmpty();
    assertThat(Client.json(read).path("fields").toString())
        .isEqualTo(
            "{\"name\":\"%s\",\"service\":\"%s\",\"url_path\":\"/objects/other-%1$s\"}"
                .formatted(name, service));

    assertThat(delete(path).statusCode()).isEqualTo(204);
    assertThat(delete(path).statusCode()).isEqualTo(404);
    assertThat(client.apiGet(path).statusCode()).isEqualTo(404);
    assertThat(client.post("/objects/other-" + name, "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    HttpResponse<String> wrong =
        put("/objects/channel_rest/" + Sources.unique("wrong"), "service: a.b\nurl_pth: /x\n");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Client.json(wrong);
    assertThat(problem.at("/diagnostics/1/line").asInt()).isEqualTo(2);
    assertThat(problem.at("/diagnostics/1/message").asText())
        .contains("unknown field `url_pth`", "did you mean `url_path`?");
    assertThat(problem.path("cid").asText()).isNotEmpty();
    assertThat(put("/objects/channel_rst/a", "{}").statusCode()).isEqualTo(404);
    assertThat(client.send(client.api("/objects/channel_rest/a").POST(BodyPublishers.noBody())))
        .returns(405, HttpResponse::statusCode);
    assertThat(client.apiGet("/objects?limit=many").statusCode()).isEqualTo(400);
    assertThat(client.apiGet("/objects?sort=size").statusCode()).isEqualTo(400);
  }

  /** A slash is sent as it is: an encoded one is refused by the listener, as ambiguous. */
  @Test
  void aChannelWhoseServiceIsNotDeployedSaysSoWhileThatIsSo() {
    String name = Sources.unique("Missing");
    String service = "objects." + name;
    JsonNode made = Client.json(put("/objects/channel_rest/" + name, channel(name, service)));
    assertThat(made.path("state").asText()).isEqualTo("open");
    assertThat(made.path("reason").asText()).isEqualTo("missing service " + service);
    assertThat(amiss()).contains(name);
    assertThat(server.run("bin/serai", "objects", "channel_rest").output())
        .contains("missing service " + service);

    client.deploy(name, Sources.constant(service, "there"));
    assertThat(Client.json(client.apiGet("/objects/channel_rest/" + name)).has("reason")).isFalse();
    assertThat(amiss()).doesNotContain(name);

    client.send(client.api("/deployments/" + name).DELETE());
    assertThat(amiss()).contains(name);
    assertThat(delete("/objects/channel_rest/" + name).statusCode()).isEqualTo(204);
  }

  private List<String> amiss() {
    return Client.json(client.apiGet("/health")).path("objects").findValuesAsText("name");
  }

  @Test
  void namesHaveBlanksAndSlashes() {
    String name = Sources.unique("a b/ü?");
    String path = "/objects/security/" + encoded(name).replace("%2F", "/");
    HttpResponse<String> made = put(path, "{type: basic_auth, username: u, password: p}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(Client.json(made).path("name").asText()).isEqualTo(name);
    assertThat(Client.json(client.apiGet(path)).at("/fields/password").asText())
        .isEqualTo("${secret:security/" + name + "/password}");
    assertThat(delete(path).statusCode()).isEqualTo(204);
  }

  @Test
  void objectsAreListedByPagesAndSearched() {
    String prefix = Sources.unique("listed");
    StringBuilder yaml = new StringBuilder("security:\n");
    for (int i = 0; i < 30; i++) {
      yaml.append("  - {name: %s-%02d, type: apikey, password: 'k%d'}%n".formatted(prefix, i, i));
    }
    assertThat(client.apiPost("/config/import", yaml.toString()).statusCode()).isEqualTo(200);
    JsonNode page =
        Client.json(
            client.apiGet("/objects?kind=security&q=" + prefix + "&sort=-name&offset=5&limit=2"));
    assertThat(page.path("total").asInt()).isEqualTo(30);
    assertThat(page.path("items").size()).isEqualTo(2);
    assertThat(page.at("/items/0/name").asText()).isEqualTo(prefix + "-24");
  }

  @Test
  void kindsTellTheirSchema() {
    JsonNode kinds = Client.json(client.apiGet("/kinds"));
    assertThat(kinds.path("items").findValuesAsText("name")).contains("security", "channel_rest");
    HttpResponse<String> schema = client.apiGet("/kinds/channel_rest");
    assertThat(schema.headers().firstValue("Content-Type")).contains("application/schema+json");
    assertThat(Client.json(schema).at("/properties/security/x-serai-reference").asText())
        .isEqualTo("security");
    assertThat(client.apiGet("/kinds/none").statusCode()).isEqualTo(404);
  }

  @Test
  void secretsGoInAndNeverComeOut() {
    String name = Sources.unique("secret");
    String value = "marked-" + name + "-marked";
    String service = deployed("let in");
    String waiting = "{type: apikey, password: \"${secret:" + name + "}\"}";
    assertThat(Client.json(put("/objects/security/" + name, waiting)).path("reason").asText())
        .isEqualTo("waiting for secret " + name);
    put(
        "/objects/channel_rest/" + name,
        "{service: %s, url_path: /objects/%s, security: %s}".formatted(service, name, name));

    assertThat(put("/secrets/" + name, value + "\n").statusCode()).isEqualTo(204);
    assertThat(
            client
                .send(
                    client
                        .traffic("/objects/" + name)
                        .header("X-API-Key", value)
                        .POST(BodyPublishers.noBody()))
                .body())
        .isEqualTo("let in");
    assertThat(client.post("/objects/" + name, "").statusCode()).isEqualTo(401);
    assertThat(client.apiGet("/secrets").body()).contains(name).doesNotContain(value);
    assertThat(delete("/secrets/" + name).statusCode()).isEqualTo(409);

    String clear = "clear-" + value;
    HttpResponse<String> moved =
        put("/objects/security/" + name, "{type: apikey, password: " + clear + "}");
    assertThat(Client.json(moved).at("/fields/password").asText())
        .isEqualTo("${secret:security/" + name + "/password}");
    assertThat(delete("/secrets/" + name).statusCode()).isEqualTo(204);

    ScriptResult rotated = server.run("bin/serai", "secret-rotate");
    assertThat(rotated.status()).as(rotated.output()).isZero();
    ScriptResult listed = server.run("bin/serai", "secret-list");
    assertThat(listed.output()).contains("security/" + name + "/password").doesNotContain(value);
    for (String told :
        List.of(
            client.apiGet("/config/export").body(),
            client.apiGet("/objects").body(),
            client.apiGet("/objects/security/" + name).body(),
            client.apiGet("/secrets").body(),
            server.log(),
            server.output())) {
      assertThat(told).doesNotContain(value);
    }
  }

  @Test
  void theShellExportsAndImports() throws IOException {
    String name = Sources.unique("shell");
    Path folder = Server.newFolder();
    Path file = folder.resolve("env.yaml");
    Files.writeString(file, "include: [sub.yaml]\n");
    Files.writeString(
        folder.resolve("sub.yaml"),
        "security: [{name: %s, type: basic_auth, username: u, password: p}]".formatted(name));
    ScriptResult dry = server.run("bin/serai", "import", "--dry-run", file.toString());
    assertThat(dry.output()).contains("added security/" + name, "would be: 1 added");
    ScriptResult done = server.run("bin/serai", "import", file.toString());
    assertThat(done.status()).as(done.output()).isZero();
    assertThat(server.run("bin/serai", "import", file.toString()).output())
        .contains("0 added, 0 changed, 0 removed, 1 unchanged");

    Path export = folder.resolve("export.yaml");
    ScriptResult exported = server.run("bin/serai", "export", export.toString());
    assertThat(exported.status()).as(exported.output()).isZero();
    assertThat(Files.readString(export)).isEqualTo(client.apiGet("/config/export").body());
    assertThat(server.run("bin/serai", "objects", "security").output()).contains(name, "open");
    assertThat(server.run("bin/serai", "kinds").output()).contains("channel_rest");

    Files.writeString(file, "securty: []\n");
    ScriptResult wrong = server.run("bin/serai", "import", file.toString());
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.output()).contains("env.yaml:1:1: error: unknown kind `securty`");
  }

  @Test
  void aFileOfTheUserIsReadOnlyElsewhere() {
    String name = Sources.unique("readonly");
    server.save(
        "serai-" + name + ".yaml",
        "security: [{name: %s, type: apikey, password: k}]".formatted(name));
    await().until(() -> client.apiGet("/objects/security/" + name).statusCode() == 200);
    String body = "{type: apikey, password: other}";
    HttpResponse<String> refused = put("/objects/security/" + name, body);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Client.json(refused).path("detail").asText()).contains("serai-" + name + ".yaml");
    HttpResponse<String> detached = put("/objects/security/" + name + "?detach=true", body);
    assertThat(detached.statusCode()).as(detached.body()).isEqualTo(200);
    assertThat(Client.json(detached).path("origin").asText()).isEqualTo("store");
  }

  @Test
  void aChannelThatIsEditedUnderLoadLosesNoRequest() throws InterruptedException {
    String name = Sources.unique("edited");
    String service = deployed("here");
    put("/objects/channel_rest/" + name, channel(name, service));
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger calls = new AtomicInteger();
    List<String> failures = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread caller =
          new Thread(
              () -> {
                while (!isOver.get()) {
                  HttpResponse<String> answer = client.post("/objects/" + name, "");
                  calls.incrementAndGet();
                  if (answer.statusCode() != 200 || !answer.body().equals("here")) {
                    synchronized (failures) {
                      failures.add(answer.statusCode() + " " + answer.body());
                    }
                  }
                }
              });
      caller.start();
      callers.add(caller);
    }
    for (int i = 1; i <= 100; i++) {
      HttpResponse<String> edited =
          put(
              "/objects/channel_rest/" + name,
              "{service: %s, url_path: /objects/%s, timeout: %d}".formatted(service, name, i));
      assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
    }
    isOver.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(failures).isEmpty();
    assertThat(calls).hasPositiveValue();
  }

  @Test
  void anEnvironmentMovesToAnotherServerAndSurvivesACrash() throws IOException {
    Path folder = Server.newFolder();
    Path environment = folder.resolve("environment.yaml");
    try (InputStream enmasse = ObjectsIT.class.getResourceAsStream("/enmasse.yaml")) {
      Files.copy(enmasse, environment);
    }
    Map<String, String> settings =
        Map.of("SERAI_IMPORT", environment.toString(), "SERAI_TEST_PASSWORD", "from-outside");
    try (Server other = Server.start(folder.resolve("data"), settings)) {
      Client otherClient = other.client();
      JsonNode object =
          Client.json(otherClient.apiGet("/objects/channel_rest/enmasse.channel.rest.2"));
      assertThat(object.path("state").asText()).isEqualTo("open");
      assertThat(object.path("origin").asText()).isEqualTo("file:" + environment);
      String export = otherClient.apiGet("/config/export").body();
      assertThat(export).contains("password: ${SERAI_TEST_PASSWORD}").doesNotContain("from-out");
      String made = "{type: apikey, password: survives}";
      assertThat(
              otherClient
                  .send(
                      otherClient.api("/objects/security/made").PUT(BodyPublishers.ofString(made)))
                  .statusCode())
          .isEqualTo(201);
      String digest = otherClient.apiGet("/digest").body();
      other.kill();
      other.restart();
      assertThat(otherClient.apiGet("/digest").body()).isEqualTo(digest);
      assertThat(Client.json(otherClient.apiGet("/objects/security/made")).path("state").asText())
          .isEqualTo("open");

      Files.writeString(environment, "security:\n  - nam: x\n");
      other.begin();
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(otherClient.apiGet("/health").body())
                      .contains("SERAI_IMPORT: environment.yaml:2:5: error: "));
      assertThat(otherClient.isReady()).isFalse();
    }
  }
}
