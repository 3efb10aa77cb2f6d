package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on which nobody changes anything by hand, while what runs goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SAYS = "The server is read-only since";
  private static final String WHY = "by admin: year-end closing";

  private final Server server = Server.start(Server.newFolder(), Map.of());
  private Client client = server.client();
  private final String name = Sources.unique("Protected");
  private final String service = "protected." + name;

  @AfterAll
  void close() {
    server.close();
  }

  @BeforeEach
  void begin() {
    server.save(name + ".java", Sources.constant(service, "1"));
    server.save("serai-" + name + ".yaml", Sources.channel(name, service, "/" + name));
    await().atMost(LIMIT).until(() -> client.get("/" + name).body().equals("1"));
    HttpResponse<String> begun = protect("{\"reason\":\"year-end closing\"}");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
  }

  @AfterEach
  void end() {
    client.send(client.api("/read-only").DELETE());
  }

  private HttpResponse<String> protect(String body) {
    return client.send(client.api("/read-only").PUT(BodyPublishers.ofString(body)));
  }

  private String shell(String line) {
    return client.apiPost("/shell", line).body();
  }

  private static void refuses(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(423);
    assertThat(Client.json(answer).path("detail").asText()).startsWith(SAYS).endsWith(WHY);
  }

  @Test
  void itSaysWhoAndWhy() {
    JsonNode told = Client.json(client.apiGet("/read-only"));
    assertThat(told.path("isReadOnly").asBoolean()).isTrue();
    assertThat(told.path("by").asText()).isEqualTo("admin");
    assertThat(told.path("reason").asText()).isEqualTo("year-end closing");
    assertThat(Client.json(client.apiGet("/health")).path("readOnly")).isEqualTo(told);
    assertThat(shell("serai:read-only")).contains(SAYS).contains(WHY);
    assertThat(protect("{}").statusCode()).isEqualTo(422);
    assertThat(protect("{\"reason\":\" \"}").statusCode()).isEqualTo(422);

    assertThat(client.send(client.api("/read-only").DELETE()).statusCode()).isEqualTo(204);
    assertThat(client.apiGet("/read-only").body()).isEqualTo("{\"isReadOnly\":false}");
    assertThat(shell("serai:read-only")).contains("The server is not read-only");
  }

  @Test
  void theApiRefusesChangesAndTheAuditHasThem() {
    refuses(client.deploy("Other", Sources.constant("other", "1")));
    refuses(client.send(client.api("/deployments/" + name).DELETE()));
    refuses(
        client.send(
            client.api("/objects/channel_rest/" + name).PUT(BodyPublishers.ofString("{}"))));
    refuses(client.apiPost("/services/" + service + "/invoke", ""));
    refuses(client.apiPost("/scheduler/pause", ""));
    refuses(client.send(client.api("/users/bo").DELETE()));
    JsonNode refused =
        Client.json(client.apiGet("/audit?operation=deployments.write&outcome=forbidden"));
    assertThat(refused.at("/items/0/user").asText()).isEqualTo("admin");
    // What a change would do may be asked.
    HttpResponse<String> wouldBe =
        client.send(
            client
                .api("/config/import?dryRun=true")
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("channel_rest: []\n")));
    assertThat(wouldBe.statusCode()).as(wouldBe.body()).isEqualTo(200);
  }

  @Test
  void whatRunsGoesOn() {
    assertThat(client.get("/" + name).body()).isEqualTo("1");
    assertThat(
            client
                .send(
                    client
                        .api("/loggers/" + service)
                        .PUT(BodyPublishers.ofString("{\"level\":\"DEBUG\"}")))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void theShellRefusesChangesAndShowsTheRest() throws IOException {
    for (String line :
        new String[] {
          "serai:undeploy " + name,
          "serai:deploy x.java",
          "bundle:refresh",
          "feature:install wrapper"
        }) {
      assertThat(shell(line)).as(line).contains(SAYS).contains(WHY).doesNotContain("\tat ");
    }
    assertThat(shell("serai:services")).contains(service);
    assertThat(shell("bundle:list")).contains("Caravanserai :: Runtime");
    assertThat(shell("serai:undeploy --help")).contains("DESCRIPTION");
    assertThat(overSsh("undeploy " + name)).contains(SAYS);
    assertThat(overSsh("serai:read-only off")).contains("The server is not read-only");
    assertThat(client.apiGet("/read-only").body()).isEqualTo("{\"isReadOnly\":false}");
    assertThat(shell("serai:read-only on")).contains("reason");
    assertThat(shell("serai:read-only on 'year-end closing'")).contains(SAYS);
    refuses(client.deploy("Other", Sources.constant("other", "1")));
  }

  private String overSsh(String line) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    SshClient ssh = SshClient.setUpDefaultClient();
    try (ssh) {
      ssh.setServerKeyVerifier((session, address, key) -> true);
      ssh.setUserAuthFactoriesNames("password");
      ssh.start();
      try (ClientSession session =
          ssh.connect("admin", "127.0.0.1", server.sshPort()).verify(LIMIT).getSession()) {
        session.addPasswordIdentity(Server.PASSWORD);
        session.auth().verify(LIMIT);
        session.executeRemoteCommand(line, output, output, StandardCharsets.UTF_8);
      }
    } catch (RemoteException | SshException e) {
      // A command that failed ends so.
    }
    return output.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"exec\",\"mbean\":\"java.lang:type=Memory\",\"operation\":\"gc\"}",
        "{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":false}"
      })
  void mbeansAreLookedAtOnly(String body) {
    refuses(jolokia(body));
    assertThat(jolokia("{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\"}").statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> jolokia(String body) {
    return client.send(
        HttpRequest.newBuilder(server.management("/jolokia"))
            .header("Authorization", Client.basic("admin", Server.PASSWORD))
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void filesWaitAlsoThroughARestart() {
    server.save(name + ".java", Sources.constant(service, "2"));
    server.save("serai-" + name + ".yaml", Sources.channel(name, service, "/" + name + "/new"));
    await().atMost(LIMIT).until(() -> state(name + ".java").equals("waiting"));
    await().atMost(LIMIT).until(() -> state("serai-" + name + ".yaml").equals("waiting"));
    assertThat(client.get("/" + name).body()).isEqualTo("1");

    server.restart();
    client = server.client();

    assertThat(client.apiGet("/read-only").body()).contains("year-end closing");
    refuses(client.deploy("Other", Sources.constant("other", "1")));
    assertThat(shell("serai:undeploy " + name)).contains(SAYS);
    await().atMost(LIMIT).until(() -> state(name + ".java").equals("waiting"));
    // The last revision serves; configuration is read at each start, as it lies there.
    await().atMost(LIMIT).until(() -> client.get("/" + name + "/new").body().equals("1"));

    assertThat(client.send(client.api("/read-only").DELETE()).statusCode()).isEqualTo(204);
    await().atMost(LIMIT).until(() -> client.get("/" + name + "/new").body().equals("2"));
    await().atMost(LIMIT).until(() -> state(name + ".java").equals("live"));
  }

  private String state(String file) {
    for (JsonNode each : Client.json(client.apiGet("/files?q=" + file)).path("items")) {
      return each.path("state").asText();
    }
    return "";
  }
}
