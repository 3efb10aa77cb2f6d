package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Karaf's features, as a file or by their own commands, beside services that use them. */
class FeaturesIT {

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
            "acme\\.report 1\\.0\\.0 \\(bundle \\d+\\): is wired to acme\\.rates 1\\.0\\.0")
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
    run("feature:uninstall", "report");
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
