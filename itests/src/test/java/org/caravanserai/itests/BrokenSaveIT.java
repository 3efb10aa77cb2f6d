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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Broken sources under load, by every way in: what is live stays live and loses no call, the reason
 * is told, and the next good save goes live.
 */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenSaveIT {

  private static final Duration REASON = Duration.ofSeconds(10);

  private final Server server;
  private final Client client;
  private final String name = Sources.unique("Sound");
  private final String service = name.toLowerCase(Locale.ROOT);
  private final String another = Sources.unique("another");
  private final AtomicInteger saves = new AtomicInteger();
  private final Load load;

  BrokenSaveIT(Server server) {
    this.server = server;
    this.client = server.client();
    this.load = new Load(server);
  }

  @BeforeAll
  void callers() {
    installLibraries();
    client.deploy(another, Sources.constant(another, "mine"));
    server.save("serai-" + name + ".yaml", Sources.channel(name, service, "/" + name));
    saveGoodOne();
    load.callers("sound", 8, "/" + name, "good [0-9]+");
  }

  /** A library in two versions, and another one that can only be used with the lower of them. */
  private void installLibraries() {
    LibraryBundles bundles = new LibraryBundles(Server.newFolder());
    Path low =
        bundles.make(
            "proof.lib1", "proof.lib.Lib", Map.of("Export-Package", "proof.lib;version=1"));
    Path high =
        bundles.make(
            "proof.lib2", "proof.lib.Lib", Map.of("Export-Package", "proof.lib;version=2"));
    Path use =
        bundles.make(
            "proof.use",
            "proof.use.Use",
            Map.of(
                "Export-Package",
                "proof.use;version=1;uses:=\"proof.lib\"",
                "Import-Package",
                "proof.lib;version=\"[1,2)\""));
    for (Path each : new Path[] {low, high, use}) {
      ScriptResult installed = server.run("bin/serai", "bundle:install", "-s", "file:" + each);
      assertThat(installed.status()).as(installed.output()).isZero();
    }
  }

  @AfterEach
  void noCallFailed() {
    Load.assertNoneFailed(load.take());
  }

  @AfterAll
  void end() {
    load.stop();
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedByTheApi(BrokenSource broken) {
    HttpResponse<String> response =
        client.send(
            client
                .api("/deployments/" + name)
                .POST(BodyPublishers.ofByteArray(broken.content(service, another))));
    if (broken == BrokenSource.HUGE) {
      assertThat(response.statusCode()).isEqualTo(413);
    } else {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
      JsonNode body = Client.json(response);
      assertThat(body.path("stage").asText()).as(response.body()).isEqualTo(broken.stage());
      assertReason(body.path("diagnostics"), broken);
    }
    assertThat(client.get("/" + name).body()).isEqualTo(live());
    saveGoodOne();
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedInTheFolder(BrokenSource broken) {
    int logged = server.log().length();
    Path file = server.save(name + ".java", broken.content(service, another));
    await()
        .atMost(REASON)
        .untilAsserted(
            () ->
                assertThat(server.log().substring(logged))
                    .contains(
                        broken == BrokenSource.HUGE
                            ? file + ": " + name + ".java: error: too large"
                            : name + " rejected at " + broken.stage()));
    if (broken != BrokenSource.HUGE) {
      assertReason(Client.json(client.apiGet("/deployments/" + name)).path("rejected"), broken);
    }
    assertThat(client.get("/" + name).body()).isEqualTo(live());
    saveGoodOne();
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedByTheShell(BrokenSource broken) throws IOException {
    Path file = Server.newFolder().resolve(name + ".java");
    Files.write(file, broken.content(service, another));
    ScriptResult refused = server.run("bin/serai", "deploy", file.toString());
    assertThat(refused.status()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output()).doesNotContain("\tat ");
    if (broken == BrokenSource.HUGE) {
      assertThat(refused.output()).contains("is larger than");
    } else {
      assertThat(refused.output()).contains(broken.stage(), name + ".java");
    }
    if (broken.hasLine()) {
      assertThat(refused.output()).containsPattern(name + "\\.java:[1-9]");
    }
    assertThat(client.get("/" + name).body()).isEqualTo(live());
    saveGoodOne();
  }

  private static void assertReason(JsonNode diagnostics, BrokenSource broken) {
    assertThat(diagnostics.at("/0/message").asText()).as("%s", diagnostics).isNotEmpty();
    if (broken.hasLine()) {
      assertThat(diagnostics.at("/0/line").asInt()).as("line: %s", diagnostics).isPositive();
    }
    assertThat(diagnostics.toString()).doesNotContain("\\tat ");
  }

  private String live() {
    return "good " + saves;
  }

  private void saveGoodOne() {
    saves.incrementAndGet();
    String answer = live();
    server.save(name + ".java", Sources.constant(service, answer));
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(client.get("/" + name).body()).isEqualTo(answer));
  }
}
