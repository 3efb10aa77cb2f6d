package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Karaf's features, as a file or by their own commands, beside services that use them. */
class FeaturesIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static Server server;
  private static Client client;

  @TempDir private static Path folder;

  private final FeatureFiles files = new FeatureFiles(folder);

  @BeforeAll
  static void start() {
    server = Server.start();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aChangeThatRestartsOthersIsRefusedAndTellsWhom() {
    String first = "file:" + files.exporting("acme.rates", "1.0.0", "one");
    String second = "file:" + files.exporting("acme.rates", "1.0.1", "two");
    add(
        files.file(
            "rates",
            FeatureFiles.feature("rates", "1.0.0", first),
            FeatureFiles.feature("rates", "1.0.1", second),
            FeatureFiles.feature(
                "report",
                "1.0.0",
                "file:" + files.importing("acme.report", "1.0.0", "acme.rates"))));
    run("feature:install", "rates/1.0.0");
    run("feature:install", "report");
    HttpResponse<String> deployed =
        client.deploy(
            "price", Sources.service("price", "Void", "String", "return acme.rates.Text.text();"));
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    assertThat(invoke("price")).isEqualTo("one");

    ScriptResult refused = server.run("bin/serai", "feature:install", "--upgrade", "rates/1.0.1");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output())
        .contains("refused, for it would restart what others use")
        .containsPattern(
            "acme\\.report 1\\.0\\.0 \\(bundle \\d+\\): would be wired to acme\\.rates 1\\.0\\.1")
        .containsPattern("price .*; services price\\): is wired to acme\\.rates 1\\.0\\.0")
        .doesNotContain("  acme.rates 1.0.0")
        .contains("serai:force");
    assertThat(features()).contains("rates 1.0.0 Started").doesNotContain("rates 1.0.1 Started");
    assertThat(invoke("price")).isEqualTo("one");

    run("force", "feature:install --upgrade rates/1.0.1");
    assertThat(features()).contains("rates 1.0.1 Started");
    assertThat(invoke("price")).isEqualTo("two");

    ScriptResult own = server.run("bin/serai", "feature:uninstall", "serai");
    assertThat(own.status()).isEqualTo(1);
    assertThat(own.output()).contains("org.caravanserai.deploy").contains("is uninstalled");
    assertThat(invoke("price")).isEqualTo("two");
  }

  @Test
  void whatWasInstalledComesBackWhateverIsLost() throws IOException {
    String bundle = "file:" + files.exporting("acme.kept", "1.0.0", "kept");
    add(
        files.file(
            "kept",
            FeatureFiles.feature("kept", "1.0.0", bundle),
            FeatureFiles.feature("given-up", "1.0.0", bundle)));
    run("feature:install", "kept", "given-up");
    run("feature:uninstall", "given-up");
    assertKept();

    server.restart();
    assertKept();
    server.kill();
    server.restart();
    assertKept();
    server.restart("clean");
    assertKept();
    server.kill();
    delete(server.data().resolve("karaf/data"));
    server.restart();
    assertKept();
    run("feature:uninstall", "kept");
    server.restart("clean");
    assertThat(features()).doesNotContain("kept 1.0.0 Started");
  }

  @Test
  void aKarIsReplacedWithoutALostCallAndRolledBack() throws Exception {
    JsonNode first = Client.json(deploy("stock", stock("1.0.0", "one"), "", 201));
    assertThat(first.path("changes").toString())
        .contains("feature stock 1.0.0 installed")
        .contains("bundle acme.stock 1.0.0 installed")
        .contains("features.xml added");
    client.deploy(
        "count", Sources.service("count", "Void", "String", "return acme.stock.Text.text();"));
    server.save("serai-count.yaml", Sources.channel("count", "count", "/count"));
    client.deploy("aside", Sources.constant("aside", "calm"));
    server.save("serai-aside.yaml", Sources.channel("aside", "aside", "/aside"));
    await().atMost(SOON).until(() -> client.get("/count").body().equals("one"));
    await().atMost(SOON).until(() -> client.get("/aside").body().equals("calm"));

    HttpResponse<String> refused = deploy("stock", stock("2.0.0", "two"), "", 409);
    assertThat(Client.json(refused).path("affected").toString()).contains("\"count\"");
    assertThat(deploy("stock", stock("2.0.0", "two"), "?dryRun=true&force=true", 200).body())
        .contains("would-be-live");
    assertThat(invoke("count")).isEqualTo("one");

    try (Load load = new Load(server)) {
      load.callers("count", 4, "/count", "one|two");
      load.callers("aside", 4, "/aside", "calm");
      HttpResponse<String> second = deploy("stock", stock("2.0.0", "two"), "?force=true", 200);
      assertThat(second.body())
          .contains("feature stock 2.0.0 installed")
          .contains("feature stock 1.0.0 uninstalled");
      assertThat(client.get("/count").body()).isEqualTo("two");
      assertThat(rollback(1, "").statusCode()).isEqualTo(409);
      assertThat(rollback(1, "?force=true").statusCode()).isEqualTo(200);
      assertThat(client.get("/count").body()).isEqualTo("one");
      load.stop();
      Load.assertNoneFailed(load.take());
    }
    server.restart("clean");
    assertThat(client.get("/count").body()).isEqualTo("one");
    assertThat(features()).contains("stock 1.0.0 Started").doesNotContain("stock 2.0.0");

    client.send(client.api("/deployments/count").DELETE());
    client.send(client.api("/deployments/stock").DELETE());
    await().atMost(SOON).until(() -> !features().contains("stock 1.0.0"));
  }

  @Test
  void aFeaturesFileInAWatchedFolderIsInstalledAndGoesWithTheFile() throws IOException {
    String bundle = "file:" + files.exporting("acme.seasons", "1.0.0", "spring");
    String manual = "<feature name=\"winter\" version=\"1.0.0\" install=\"manual\"/>";
    Path file =
        server.save(
            "seasons.xml",
            FeatureFiles.repository(
                "seasons", FeatureFiles.feature("seasons", "1.0.0", bundle), manual));
    await().atMost(SOON).until(() -> features().contains("seasons 1.0.0 Started"));
    assertThat(features()).contains("winter 1.0.0 Uninstalled");
    JsonNode deployment = Client.json(client.apiGet("/deployments/seasons"));
    assertThat(deployment.path("parts").toString()).isEqualTo("[\"seasons/1.0.0\"]");

    server.save(
        "seasons.xml",
        FeatureFiles.repository(
            "seasons", FeatureFiles.feature("seasons", "2.0.0", "mvn:no.such/bundle/1")));
    await()
        .atMost(SOON)
        .until(() -> client.apiGet("/deployments/seasons").body().contains("mvn:no.such/bundle/1"));
    assertThat(features()).contains("seasons 1.0.0 Started").doesNotContain("seasons 2.0.0");
    Files.delete(file);
    await().atMost(SOON).until(() -> !features().contains("seasons 1.0.0"));
  }

  @Test
  void theShellDeploysAKarByItsFile() throws IOException {
    Path kar = folder.resolve("depot.kar");
    Files.write(
        kar,
        FeatureFiles.kar(
            FeatureFiles.repository(
                "depot", FeatureFiles.feature("depot", "1.0.0", "mvn:acme/depot/1.0.0")),
            Map.of(
                "acme/depot/1.0.0/depot-1.0.0.jar",
                files.exporting("acme.depot", "1.0.0", "depot"))));
    assertThat(run("deploy", kar.toString()))
        .contains("depot revision 1 is live")
        .contains("feature depot 1.0.0 installed");
  }

  private HttpResponse<String> rollback(int revision, String query) {
    return client.apiPost("/deployments/stock/rollback" + query, "{\"revision\":" + revision + "}");
  }

  private byte[] stock(String version, String text) {
    return FeatureFiles.kar(
        FeatureFiles.repository(
            "stock", FeatureFiles.feature("stock", version, "mvn:acme/stock/" + version)),
        Map.of(
            "acme/stock/" + version + "/stock-" + version + ".jar",
            files.exporting("acme.stock", version, text)));
  }

  private static HttpResponse<String> deploy(
      String name, byte[] content, String query, int status) {
    HttpResponse<String> answer =
        client.send(
            client
                .api("/deployments/" + name + query)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private static void assertKept() {
    assertThat(features())
        .contains("kept 1.0.0 Started")
        .doesNotContain("given-up 1.0.0 Started")
        .doesNotContain("given-up 1.0.0 Installed");
  }

  private static void delete(Path all) throws IOException {
    try (Stream<Path> paths = Files.walk(all)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static void add(String repository) {
    run("feature:repo-add", repository);
  }

  private static String run(String... command) {
    ScriptResult result = server.run("bin/serai", command);
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  /** A line for each: {@code rates 1.0.0 Started}. */
  private static String features() {
    return run("feature:list", "--no-format")
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(columns -> columns.length > 3)
        .map(columns -> columns[0].strip() + " " + columns[1].strip() + " " + columns[3].strip())
        .reduce("", (all, line) -> all + line + "\n");
  }

  private static String invoke(String service) {
    HttpResponse<String> answer = client.apiPost("/services/" + service + "/invoke", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
