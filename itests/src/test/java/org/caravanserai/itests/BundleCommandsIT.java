package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Karaf's own commands, typed for the bundle of a service under load. */
@ExtendWith(ServerExtension.class)
class BundleCommandsIT {

  private final Server server;
  private final Client client;
  private final String name = Sources.unique("typed");

  BundleCommandsIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle:stop",
        "bundle:restart",
        "bundle:update",
        "bundle:refresh",
        "bundle:uninstall"
      })
  void whoIsInsideLosesNothing(String command) {
    String body =
        "String rev = \"one\"; new CountDownLatch(1).await(2, TimeUnit.SECONDS); "
            + "return rev + new Object() { public String toString() { return \" late\"; } };";
    client.deploy(name, Sources.service(name, "Void", "String", body));
    server.save("serai-" + name + ".yaml", Sources.channel(name, name, "/" + name));
    await().until(() -> client.get("/" + name).body().equals("one late"));
    awaitBundle();
    try (Load load = new Load(server)) {
      // A caller in between is told that there is nobody, in the documented way.
      load.callers(
          "callers",
          8,
          on -> {
            RawConnection.Answer answer = on.get("/" + name);
            assertThat(answer.status()).as(answer.body()).isIn(200, 503);
            assertThat(answer.body())
                .contains(answer.status() == 200 ? "one late" : "\"result\":\"Error\"");
          });
      CompletableFuture<HttpResponse<String>> inside =
          CompletableFuture.supplyAsync(() -> client.get("/" + name));
      await().until(() -> info("inside") >= 9);
      server.run("bin/serai", command, name);
      assertThat(inside.join().body()).isEqualTo("one late");
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    if (command.equals("bundle:stop")) {
      assertThat(client.get("/" + name).statusCode()).isEqualTo(503);
      assertThat(Client.json(client.apiGet("/deployments/" + name)).path("status").asText())
          .isEqualTo("stopped");
      ScriptResult started = server.run("bin/serai", "bundle:start", name);
      assertThat(started.status()).as(started.output()).isZero();
      await().until(() -> client.get("/" + name).body().equals("one late"));
    }
    HttpResponse<String> next = client.deploy(name, Sources.constant(name, "two"));
    assertThat(next.statusCode()).as(next.body()).isIn(200, 201);
    assertThat(client.get("/" + name).body()).isEqualTo("two");
  }

  @Test
  void redeploysAndFeaturesDoNotDisturbEachOther() throws IOException {
    addFeature();
    client.deploy(name, Sources.constant(name, "rev 0"));
    server.save("serai-" + name + ".yaml", Sources.channel(name, name, "/" + name));
    await().until(() -> client.get("/" + name).body().equals("rev 0"));
    try (Load load = new Load(server)) {
      load.callers("callers", 8, "/" + name, "rev [0-9]+");
      for (int round = 0; round < Length.of(2, 10); round++) {
        for (String command : new String[] {"feature:install", "feature:uninstall"}) {
          CompletableFuture<ScriptResult> feature =
              CompletableFuture.supplyAsync(() -> server.run("bin/serai", command, name));
          int number = 0;
          do {
            String answer = "rev " + round + command.length() + number++;
            HttpResponse<String> deployed = client.deploy(name, Sources.constant(name, answer));
            assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);
            assertThat(client.get("/" + name).body()).isEqualTo(answer);
            Reader.pause(50);
          } while (!feature.isDone() || number < 20);
          assertThat(feature.join().status()).as(feature.join().output()).isZero();
        }
      }
      load.stop();
      Load.assertNoneFailed(load.take());
    }
  }

  /** A feature of three bundles, which nobody has. */
  private void addFeature() throws IOException {
    Path folder = Server.newFolder();
    LibraryBundles bundles = new LibraryBundles(folder);
    StringBuilder xml = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      String own = name + i;
      Path jar =
          bundles.make(
              own, own + ".Part" + i, Map.of("Export-Package", own, "Bundle-Version", "1"));
      xml.append("<bundle>file:").append(jar).append("</bundle>");
    }
    Path repository = folder.resolve("features.xml");
    Files.writeString(
        repository,
        "<features name=\"%s\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\"><feature name=\"%s\" version=\"1\">%s</feature></features>"
            .formatted(name, name, xml));
    ScriptResult added = server.run("bin/serai", "feature:repo-add", "file:" + repository);
    assertThat(added.status()).as(added.output()).isZero();
  }

  private int info(String member) {
    return Client.json(client.apiGet("/services/" + name)).path(member).asInt(-1);
  }

  /** Commands take a bundle by its name, of which there is to be one. */
  private void awaitBundle() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                server
                        .run("bin/serai", "bundle:list", "-s")
                        .output()
                        .lines()
                        .filter(line -> line.matches(".*\\b" + name + "\\b.*"))
                        .count()
                    == 1);
  }
}
