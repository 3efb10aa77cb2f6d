package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ordinary bundles: as deployments, and typed in the shell. */
@ExtendWith(ServerExtension.class)
class BundlesIT {

  private static final Duration COMMAND = Duration.ofMinutes(2);

  private final Server server;
  private final Client client;
  private final Path folder = Server.newFolder();
  private final BundleJars jars = new BundleJars(folder);
  private final String name = Sources.unique("placed");

  BundlesIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  private HttpResponse<String> deploy(Path jar, String query) {
    try {
      return client.send(
          client
              .api("/deployments/" + name + query)
              .POST(BodyPublishers.ofByteArray(Files.readAllBytes(jar))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode live(Path jar, String query) {
    HttpResponse<String> answer = deploy(jar, query);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return Client.json(answer);
  }

  private String command(String... words) {
    ScriptResult result = server.run(COMMAND, "bin/serai", words);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  private String refusedCommand(String... words) {
    ScriptResult result = server.run(COMMAND, "bin/serai", words);
    assertThat(result.status()).as(result.output()).isNotZero();
    return result.output();
  }

  private String invoke(String service) {
    return client.apiPost("/services/" + service + "/invoke", "").body();
  }

  private void channel(String service) {
    server.save("serai-" + service + ".yaml", Sources.channel(service, service, "/" + service));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/" + service).statusCode() == 200);
  }

  @Test
  void aBundleIsReplacedInItsPlaceUnderLoadAndNoCallIsLost() {
    JsonNode first = live(jars.exporting(name, "1.0.0", "one"), "");
    assertThat(first.path("services").toString()).isEqualTo("[\"" + name + "\"]");
    channel(name);
    JsonNode before = Client.json(client.apiGet("/deployments/" + name));
    assertThat(before.path("bundle").isNumber()).isTrue();
    try (Load load = new Load(server)) {
      load.callers("callers", 8, "/" + name, "one|two");
      for (int i = 0; i < Length.of(4, 30); i++) {
        live(jars.exporting(name, "1.0." + (i + 1), i % 2 == 0 ? "two" : "one"), "");
      }
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    JsonNode after = Client.json(client.apiGet("/deployments/" + name));
    assertThat(after.path("bundle")).isEqualTo(before.path("bundle"));
    HttpResponse<String> back =
        client.apiPost("/deployments/" + name + "/rollback", "{\"revision\":2}");
    assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
    assertThat(client.get("/" + name).body()).isEqualTo("two");
    // As a power cut does: what was confirmed is there again.
    server.kill();
    server.restart();
    await().atMost(Duration.ofSeconds(60)).until(() -> client.get("/" + name).body().equals("two"));

    assertThat(client.send(client.api("/deployments/" + name).DELETE()).statusCode())
        .isEqualTo(204);
    await().until(() -> !command("bundle:list", "-s").contains(name));
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
  }

  @Test
  void thoseWiredToItAreShownFirstAndHeldUpWithoutLoss() throws IOException {
    Path one = jars.exporting(name, "1.0.0", "one");
    live(one, "");
    String user = Sources.unique("user");
    command("bundle:install", "-s", jars.importing(user, name, one).toUri().toString());
    String source = Sources.unique("source");
    String body = "return \"source of \" + " + name + ".Words.word();";
    client.deploy(source, Sources.service(source, "Void", "String", body));
    channel(user);
    channel(source);
    awaitBundle(source);
    assertThat(command("serai:services")).contains(name, user, source);

    Path two = jars.exporting(name, "1.0.1", "two");
    HttpResponse<String> refused = deploy(two, "");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    assertThat(refused.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Client.json(refused);
    assertThat(problem.path("affected").findValuesAsText("name")).contains(user, source);
    assertThat(problem.path("affected").toString()).contains("\"services\":[\"" + user + "\"]");
    assertThat(problem.path("detail").asText()).contains("?force=true");
    JsonNode trial = live(two, "?dryRun=true");
    assertThat(trial.path("status").asText()).isEqualTo("would-be-live");
    assertThat(trial.path("affected")).isEqualTo(problem.path("affected"));
    String file = two.toString();
    assertThat(refusedCommand("serai:deploy", "--name", name, file))
        .contains("Nothing was done", user, "add --force");
    assertThat(command("serai:deploy", "--dry-run", "--name", name, file))
        .contains("Would be restarted", user);
    assertThat(client.get("/" + user).body()).isEqualTo("user of one");

    try (Load load = new Load(server)) {
      load.callers("users", 4, "/" + user, "user of (one|two)");
      load.callers("sources", 4, "/" + source, "source of (one|two)");
      live(two, "?force=true");
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    assertThat(client.get("/" + user).body()).isEqualTo("user of two");
    assertThat(client.get("/" + source).body()).isEqualTo("source of two");

    assertThat(refusedCommand("bundle:refresh", name)).contains("Nothing was done", user, source);
    assertThat(refusedCommand("bundle:uninstall", name)).contains("Nothing was done", user);
    try (Load load = new Load(server)) {
      load.callers("users", 4, "/" + user, "user of two");
      load.callers("sources", 4, "/" + source, "source of two");
      command("bundle:refresh", "--force", name);
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    String three = jars.exporting(name, "1.0.2", "three").toUri().toString();
    assertThat(refusedCommand("bundle:update", name, three)).contains("Nothing was done", user);
    command("bundle:update", "--force", name, three);
    assertThat(client.get("/" + user).body()).isEqualTo("user of three");
  }

  @Test
  void whatCannotLiveIsRefusedAndTheOldOneServes() {
    live(jars.exporting(name, "1.0.0", "one"), "");
    String words = words(name);
    Path lacking =
        jars.make(
            name,
            "1.1.0",
            Map.of(
                "Export-Package", name, "Import-Package", "org.caravanserai.api,com.acme.nowhere"),
            "Words",
            words);
    HttpResponse<String> missing = deploy(lacking, "");
    assertThat(missing.statusCode()).isEqualTo(422);
    assertThat(Client.json(missing).path("stage").asText()).isEqualTo("link");
    assertThat(missing.body())
        .contains("package com.acme.nowhere is imported, and no bundle exports it")
        .doesNotContain("\\tat ");

    Path failing =
        jars.make(
            name,
            "1.2.0",
            Map.of(
                "Export-Package",
                name,
                "Bundle-Activator",
                "no.Such",
                "Serai-Service",
                name + ".Words"),
            "Words",
            words);
    HttpResponse<String> failed = deploy(failing, "");
    assertThat(failed.statusCode()).isEqualTo(422);
    assertThat(failed.body()).contains("its activator failed").contains("no.Such");
    assertThat(invoke(name)).contains("one");
    JsonNode now = Client.json(client.apiGet("/deployments/" + name));
    assertThat(now.path("status").asText()).isEqualTo("live");
    assertThat(now.path("revision").asInt()).isEqualTo(1);
  }

  private static String words(String name) {
    return """
        package %1$s;
        import org.caravanserai.api.*;
        @ServiceName("%1$s")
        public class Words implements Service<Void, String> {
          @Override public String handle(Void input, Context context) { return "other"; }
        }
        """
        .formatted(name);
  }

  @Test
  void aBundleTypedInTheShellServesAndItsUpdateLosesNothing() {
    Path one = jars.exporting(name, "1.0.0", "one");
    command("bundle:install", "-s", one.toUri().toString());
    assertThat(command("serai:services")).contains(name);
    channel(name);
    try (Load load = new Load(server)) {
      load.callers("callers", 8, "/" + name, "one|two");
      for (String[] each :
          new String[][] {
            {"bundle:update", name, jars.exporting(name, "1.1.0", "two").toUri().toString()},
            {"bundle:refresh", name},
            {"bundle:restart", name},
            {"bundle:update", "-r", name, one.toUri().toString()}
          }) {
        command(each);
      }
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    assertThat(client.get("/" + name).body()).isEqualTo("one");
    command("bundle:stop", name);
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
    command("bundle:start", name);
    assertThat(client.get("/" + name).body()).isEqualTo("one");
    command("bundle:uninstall", name);
    assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
    assertThat(command("serai:services")).doesNotContain(name);
  }

  @Test
  void theExamplesAreBuiltAndDeployed() throws IOException {
    Maven maven = new Maven(folder);
    Path greeting = built(maven, "greeting");
    Path prices = built(maven, "prices");
    command("serai:deploy", greeting.toString());
    command("serai:deploy", prices.toString());
    assertThat(client.apiPost("/services/acme.greet/invoke", "{\"name\":\"Ada\"}").body())
        .contains("Good day, Ada");
    assertThat(client.apiPost("/services/acme.price-of/invoke", "{\"article\":\"tea\"}").body())
        .contains("30");
    String listed = command("bundle:list", "-s");
    assertThat(listed).contains("greeting", "prices");
    // By its own word it lets others import a package.
    String importer =
        Sources.service(name, "Void", "String", "return \"\" + com.acme.prices.Prices.of(\"ab\");");
    assertThat(client.deploy(name, importer).statusCode()).isEqualTo(201);
    assertThat(invoke(name)).contains("20");
  }

  private Path built(Maven maven, String project) throws IOException {
    Path from = Path.of("../examples/bundles", project);
    Path to = folder.resolve(project);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(each).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
    }
    ScriptResult packaged = maven.run(to, "package");
    assertThat(packaged.status()).as(packaged.output()).isZero();
    return to.resolve("target").resolve(project + ".jar");
  }

  /** Its classes serve at once, its bundle comes a moment later. */
  private void awaitBundle(String deployment) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Client.json(client.apiGet("/deployments/" + deployment)).path("bundle").isNumber());
  }
}
