package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shell, from scripts. */
@ExtendWith(ServerExtension.class)
class ShellIT {

  private final Server server;
  private final Client client;

  ShellIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void aScriptDeploysListsAndInvokes() throws IOException {
    String name = Sources.unique("Shell");
    Path file = Server.newFolder().resolve(name + ".java");
    Files.writeString(
        file,
        Sources.service("shell." + name, "Input", "String", "return \"Hi, \" + input.name();"));

    ScriptResult deployed = server.run("bin/serai", "deploy", file.toString());
    assertThat(deployed.status()).as(deployed.output()).isZero();
    assertThat(deployed.output()).contains(name + " revision 1 is live: shell." + name);

    ScriptResult services = server.run("bin/serai", "services", "--json");
    assertThat(services.status()).as(services.output()).isZero();
    assertThat(services.output()).contains("\"shell." + name + "\"");

    ScriptResult invoked =
        server.run("bin/serai", "invoke", "shell." + name, "{\"name\":\"A \\\"$B\\\" 'c'\"}");
    assertThat(invoked.status()).as(invoked.output()).isZero();
    assertThat(invoked.output().strip()).isEqualTo("Hi, A \"$B\" 'c'");
  }

  @Test
  void aRefusalIsToldInWordsAndByTheExitStatus() throws IOException {
    Path file = Server.newFolder().resolve("Wrong.java");
    Files.writeString(file, "public class Wrong {\n  int x = ;\n}\n");
    ScriptResult deployed = server.run("bin/serai", "deploy", file.toString());
    assertThat(deployed.status()).isEqualTo(1);
    assertThat(deployed.output()).contains("Wrong.java:2:").doesNotContain("\tat ");

    ScriptResult missing = server.run("bin/serai", "deploy", "no-such-file.java");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.output()).contains("no-such-file.java is no file");

    ScriptResult unknown = server.run("bin/serai", "invoke", "no.such.service");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.output()).contains("no.such.service is not deployed");

    assertThat(server.run("bin/serai", "no-such-command").status()).isEqualTo(2);
    assertThat(server.run("bin/serai").status()).isEqualTo(2);
  }

  @Test
  void karafsOwnCommandsRunToo() {
    ScriptResult bundles = server.run("bin/serai", "bundle:list", "-s");
    assertThat(bundles.status()).as(bundles.output()).isZero();
    assertThat(bundles.output()).contains("org.caravanserai.runtime");
  }

  @Test
  void aRouteOfAFileIsListedStoppedAndStarted() {
    String name = Sources.unique("shellroute");
    client.deploy(
        name,
        """
        - route:
            id: main
            from:
              uri: platform-http:/%s
              steps:
                - setBody: { constant: "here" }
        """
            .formatted(name));
    String id = name + "#main";
    assertThat(client.get("/" + name).body()).isEqualTo("here");

    assertThat(json("route-list", name).path("items"))
        .extracting(each -> each.path("id").asText())
        .containsExactly(id);
    JsonNode route = json("route-info", id);
    assertThat(route.path("deployment").asText()).isEqualTo(name);
    assertThat(route.path("exchanges").asInt()).isEqualTo(1);
    assertThat(server.run("bin/serai", "route-stop", id).output()).contains(id + " is stopped");
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
    assertThat(route("GET", id, "").path("state").asText()).isEqualTo("stopped");
    assertThat(server.run("bin/serai", "camel:route-start", id).status()).isZero();
    assertThat(client.get("/" + name).body()).isEqualTo("here");
    assertThat(route("POST", id, "/suspend").path("state").asText()).isIn("suspended", "stopped");
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
    assertThat(route("POST", id, "/resume").path("state").asText()).isEqualTo("started");
    assertThat(server.run("bin/serai", "camel:context-list").output())
        .contains(name)
        .contains("serai-channels");

    ScriptResult unknown = server.run("bin/serai", "route-stop", name + "#none");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.errors()).contains("There is no route " + name + "#none");
    assertThat(client.apiPost("/routes/" + name + "%23none/stop", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aStoppedChannelAnswersSoUntilItIsStarted() {
    String name = Sources.unique("shellchannel");
    client.deploy(name, Sources.constant("shell." + name, "open"));
    String yaml = Sources.channel(name, "shell." + name, "/" + name);
    assertThat(client.apiPost("/config/import", yaml).statusCode()).isEqualTo(200);
    assertThat(client.get("/" + name).statusCode()).isEqualTo(200);
    String id = "channel_rest/" + name;

    assertThat(json("route-info", id).path("channel").asText()).isEqualTo(id);
    assertThat(route("POST", id, "/stop").path("state").asText()).isEqualTo("stopped");
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
    assertThat(client.get("/" + name).body()).contains("is stopped");
    client.apiPost("/config/import", yaml + "    timeout: 7\n");
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
    assertThat(server.run("bin/serai", "route-start", id).status()).isZero();
    assertThat(client.get("/" + name).statusCode()).isEqualTo(200);
  }

  /** What a command prints as JSON. */
  private JsonNode json(String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.add("--json");
    ScriptResult result = server.run("bin/serai", line.toArray(String[]::new));
    assertThat(result.status()).as(result.output()).isZero();
    return Client.json(result.printed());
  }

  /** One operation on a route by the admin API. */
  private JsonNode route(String method, String id, String action) {
    HttpResponse<String> answer =
        client.send(
            client
                .api("/routes/" + id.replace("#", "%23") + action)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }
}
