package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell, from scripts. */
@ExtendWith(ServerExtension.class)
class ShellIT {

  private static final Path PAGE = Path.of("../docs/shell.md");

  /** Commands that print no data of their own. */
  private static final Set<String> PLAIN =
      Stream.of(
              "clear-cache",
              "clear-counters",
              "export",
              "force",
              "invoke",
              "metrics",
              "object-delete",
              "openapi",
              "passwd",
              "pubsub-edit",
              "secret-delete",
              "secret-rotate",
              "secret-set",
              "service-docs",
              "undeploy",
              "user-add",
              "user-delete",
              "user-roles")
          .map(name -> "serai:" + name)
          .collect(Collectors.toSet());

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
        server.run(
            "bin/serai",
            "invoke",
            "shell." + name,
            "{\"more\":[1,2],\"name\":\"A \\\"$B\\\" 'c' {d,e} \\\\f\"}");
    assertThat(invoked.status()).as(invoked.output()).isZero();
    assertThat(invoked.output().strip()).isEqualTo("Hi, A \"$B\" 'c' {d,e} \\f");
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

  @Test
  void whatIsDeployedIsLookedAfter() throws IOException {
    String name = Sources.unique("ShellCycle");
    String service = "shell." + name;
    Path file = Server.newFolder().resolve(name + ".java");
    Files.writeString(file, Sources.constant(service, "one"));
    assertThat(json("deploy", file.toString()).path("status").asText()).isEqualTo("live");
    Files.writeString(file, Sources.constant(service, "two"));
    assertThat(json("deploy", "--name", name, file.toString()).path("revision").asInt())
        .isEqualTo(2);

    assertThat(json("rollback", name, "1").path("revision").asInt()).isEqualTo(3);
    assertThat(server.run("bin/serai", "invoke", service).printed().strip()).isEqualTo("one");
    assertThat(server.run("bin/serai", "deployments").printed()).contains(name);
    assertThat(server.run("bin/serai", "deployment-info", name).printed()).contains("1, 2, 3");
    assertThat(server.run("bin/serai", "service-info", service).printed()).contains(name);
    assertThat(server.run("bin/serai", "undeploy", name).status()).isZero();
    assertThat(server.run("bin/serai", "undeploy", name).status()).isEqualTo(1);
    assertThat(server.run("bin/serai", "deployment-info", name).errors())
        .contains("No deployment is named " + name);
  }

  @Test
  void anObjectIsMadeSwitchedAndTakenAway() throws IOException {
    String name = Sources.unique("shellobject");
    client.deploy(name, Sources.constant("shell." + name, "here"));
    Path file = Server.newFolder().resolve("object.yaml");
    Files.writeString(file, "service: shell." + name + "\nurl_path: /" + name + "\n");

    JsonNode made = json("object-put", "channel_rest", name, file.toString());
    assertThat(made.at("/fields/url_path").asText()).isEqualTo("/" + name);
    assertThat(client.get("/" + name).statusCode()).isEqualTo(200);
    assertThat(server.run("bin/serai", "object-disable", "channel_rest", name).printed())
        .contains("inactive");
    assertThat(client.get("/" + name).statusCode()).isEqualTo(404);
    assertThat(json("object-enable", "channel_rest", name).path("state").asText())
        .isEqualTo("open");
    assertThat(client.get("/" + name).statusCode()).isEqualTo(200);
    assertThat(server.run("bin/serai", "object-info", "channel_rest", name).printed())
        .contains("shell." + name);
    assertThat(server.run("bin/serai", "clear-counters", "channel_rest", name).errors())
        .contains("no rate limits");
    assertThat(
            server.run("bin/serai", "object-action", "channel_rest", name, "clear-cache").errors())
        .contains("no use for clear-cache");
    assertThat(server.run("bin/serai", "object-delete", "channel_rest", name).status()).isZero();
    assertThat(client.get("/" + name).statusCode()).isEqualTo(404);
    assertThat(server.run("bin/serai", "object-info", "channel_rest", name).status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "services, /services",
    "deployments, /deployments",
    "deployment-info ShellJson, /deployments/ShellJson",
    "service-info shell.json, /services/shell.json",
    "objects, /objects",
    "kinds, /kinds",
    "kinds channel_rest, /kinds/channel_rest",
    "libraries, /libraries",
    "config-files, /config/files",
    "digest, /digest",
    "health, /health",
    "secret-list, /secrets",
    "user-list, /users",
    "openapi, /openapi.json",
    "route-list nothing, /routes?context=nothing"
  })
  void jsonIsWhatTheAdminApiAnswers(String command, String path) {
    client.deploy("ShellJson", Sources.constant("shell.json", "x"));
    String[] line = (command.equals("openapi") ? command : command + " --json").split(" ", -1);
    // A deployment becomes a bundle aside, a little later.
    await()
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = client.apiGet(path);
              assertThat(answer.statusCode()).isEqualTo(200);
              ScriptResult result = server.run("bin/serai", line);
              assertThat(result.status()).as(result.output()).isZero();
              assertThat(Client.json(result.printed())).isEqualTo(Client.json(answer));
            });
  }

  @Test
  void theExitStatusTellsWhatIsTypedWrongFromWhatIsRefused() throws IOException {
    String source = "public class Wrong {\n  int x = ;\n}\n";
    Path file = Server.newFolder().resolve(Sources.unique("Wrong") + ".java");
    Files.writeString(file, source);
    ScriptResult refused = server.run("bin/serai", "deploy", file.toString(), "--json");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(Client.json(refused.printed()).at("/diagnostics/0/line").asInt()).isEqualTo(2);
    assertThat(refused.errors()).contains("is rejected").doesNotContain("diagnostics");

    for (List<String> line :
        List.of(
            List.of("rollback", "Some"),
            List.of("rollback", "Some", "one"),
            List.of("services", "--nonsense"),
            List.of("services", "too", "many"),
            List.of("redeploy"),
            List.of("audit", "--outcome", "great"),
            List.of("audit", "--from", "yesterday"),
            List.of("no-such-command"))) {
      ScriptResult mistyped = server.run("bin/serai", line.toArray(String[]::new));
      assertThat(mistyped.status()).as(line + mistyped.output()).isEqualTo(2);
      assertThat(mistyped.printed()).as(String.valueOf(line)).isEmpty();
      assertThat(mistyped.errors()).doesNotContain("\tat ").isNotBlank();
    }
  }

  /** The commands of the running server that are ours, and what {@code --help} says of them. */
  private Map<String, String> help() {
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = Pattern.compile("(?:serai|camel):[a-z-]+").matcher(shell("*:help"));
    while (matcher.find()) {
      found.put(matcher.group(), "");
    }
    found.replaceAll((command, none) -> shell(command + " --help"));
    return found;
  }

  private String shell(String line) {
    HttpResponse<String> answer = client.apiPost("/shell", line);
    assertThat(answer.headers().firstValue("X-Serai-Exit-Status")).as(answer.body()).hasValue("0");
    return answer.body();
  }

  @Test
  void everyCommandExplainsItselfAndCompletesItsOptions() {
    Map<String, String> help = help();
    assertThat(help).hasSizeGreaterThan(40);
    try (Terminal terminal = new Terminal(server, 200)) {
      help.forEach(
          (command, text) -> {
            assertThat(text)
                .as(command)
                .contains("DESCRIPTION")
                .contains("SYNTAX")
                .contains("Example: " + command)
                .doesNotContain("\u001B");
            boolean hasData = text.contains("--json");
            assertThat(hasData).as(command + " has --json").isNotEqualTo(PLAIN.contains(command));
            // Control-U takes the line away.
            terminal.type("\u0015" + command + " --he\t", command + " --help");
          });
    }
  }

  @Test
  void namesAreCompletedAndTablesFitIntoTheTerminal() {
    String name = Sources.unique("ShellComplete");
    client.deploy(name, Sources.constant("shell.complete", "1"));
    client.deploy(name, Sources.constant("shell.complete", "2"));
    String channel = Sources.unique("shell-complete-channel-with-a-name-that-is-long-");
    client.apiPost("/config/import", Sources.channel(channel, "shell.complete", "/" + channel));
    try (Terminal terminal = new Terminal(server, 70)) {
      terminal.type("serai:rollback ShellComp\t", "serai:rollback " + name);
      terminal.type("\t", "2");
      terminal.type("\u0015serai:service-info shell.compl\t", "shell.complete");
      terminal.type("\u0015serai:objects channel_re\t", "channel_rest");
      terminal.type("\u0015serai:object-info channel_rest shell-compl\t", channel);
      terminal.type("\u0015serai:route-info channel_rest/shell-compl\t", channel);
      terminal.type("\u0015camel:route-list serai-ch\t", "serai-channels");
      String printed = terminal.type("\u0015serai:route-list\r", "…");
      assertThat(printed.lines().filter(line -> line.matches(".*[│|].*")))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line.strip().length()).isLessThanOrEqualTo(70));
    }
  }

  /** The table of the page is what the running server has. */
  @Test
  void thePageHasAllCommands() throws IOException {
    Map<String, String> roles = new TreeMap<>();
    for (String row : Files.readAllLines(Path.of("src/test/resources/access.csv"))) {
      String[] cells = row.split(" --help; ", -1);
      if (cells.length == 2) {
        roles.put(cells[0], cells[1]);
      }
    }
    StringBuilder table = new StringBuilder("| | role | |\n|---|---|---|\n");
    help().forEach((command, text) -> table.append(row(command, text, roles.get(command))));
    String page = Files.readString(PAGE);
    int begin = page.indexOf("| | role | |\n");
    int end = page.indexOf("\n\n", begin) + 1;
    if (Boolean.getBoolean("serai.write")) {
      page = page.substring(0, begin) + table + page.substring(end);
      Files.writeString(PAGE, page);
    }
    assertThat(page).contains(table);
  }

  private static String row(String command, String help, String role) {
    TreeSet<String> options = new TreeSet<>();
    Matcher option = Pattern.compile("(?m)^ {8}(?:-\\w, )?(--[a-z-]+)").matcher(help);
    while (option.find()) {
      if (!option.group(1).equals("--help")) {
        options.add("[" + option.group(1) + "]");
      }
    }
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(options);
    Matcher syntax = Pattern.compile("SYNTAX\\s+\\S+(?: \\[options])?(.*)").matcher(help);
    if (syntax.find() && !syntax.group(1).isBlank()) {
      words.add(syntax.group(1).strip());
    }
    Matcher description =
        Pattern.compile("DESCRIPTION\\s+\\S+\\s+(.*?)\\s+SYNTAX", Pattern.DOTALL).matcher(help);
    String described = description.find() ? description.group(1).replaceAll("\\s+", " ") : "";
    return "| `%s` | `%s` | %s |%n".formatted(String.join(" ", words), role, described);
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
