package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The project that the archetype makes, and the goals of the Maven plug-in, in a real Maven. */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MavenIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Server server;
  private final Client client;
  private final Path folder = Server.newFolder();
  private Maven maven;
  private String name;
  private Path project;

  MavenIT(Server server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeAll
  void aRepositoryIsThere() throws IOException {
    maven = new Maven(folder);
  }

  @BeforeEach
  void aProjectIsGenerated() throws IOException {
    name = Sources.unique("project").toLowerCase(Locale.ROOT);
    ScriptResult generated =
        maven.run(
            folder,
            "org.apache.maven.plugins:maven-archetype-plugin:"
                + System.getProperty("serai.archetype.version")
                + ":generate",
            "-DinteractiveMode=false",
            "-DarchetypeCatalog=local",
            "-DarchetypeGroupId=org.caravanserai",
            "-DarchetypeArtifactId=serai-archetype",
            "-DarchetypeVersion=" + System.getProperty("serai.version"),
            "-DgroupId=com.acme",
            "-DartifactId=" + name);
    assertThat(generated.status()).as(generated.output()).isZero();
    project = folder.resolve(name);
  }

  @Test
  void theProjectBuildsTestsAndDeploysAndItsServiceIsCalled() throws IOException {
    ScriptResult deployed = run("package", "serai:deploy");
    assertThat(deployed.status()).as(deployed.output()).isZero();
    assertThat(deployed.output())
        .contains("Tests run: 1, Failures: 0")
        .containsPattern(
            name + " live: revision 1, services \\[" + name + "\\.hello\\] \\(\\d+ ms\\)")
        .contains("serai.yaml: added channel_rest/" + name + ".hello");
    assertThat(answer()).isEqualTo("{\"greeting\":\"Hello, Ada\"}");
    assertThat(project.resolve(".gitignore")).content().contains("target/");

    ScriptResult invoked = invoke("-Ddata={\"name\":\"Bo\"}");
    assertThat(invoked.status()).as(invoked.output()).isZero();
    assertThat(invoked.output()).contains("[INFO] {\"greeting\":\"Hello, Bo\"}");

    Path input = Files.writeString(folder.resolve(name + ".json"), "{\"nme\":\"Bo\"}");
    ScriptResult wrong = invoke("-Dfile=" + input);
    assertThat(wrong.status()).as(wrong.output()).isEqualTo(1);
    assertThat(wrong.output()).contains("/name: missing").doesNotContain("\tat ");
  }

  @Test
  void aRefusalFailsTheBuildInWordsAndChangesNothing() throws IOException {
    assertThat(run("package", "serai:deploy", "-DskipTests").status()).isZero();

    edit("src/main/java/com/acme/Hello.java", "(\"Hello, \" +", "(FIRST +");
    edit(
        "src/main/java/com/acme/Hello.java",
        "public record Request",
        "static final String FIRST = \"x\".repeat(-1);\n\n  public record Request");
    ScriptResult refused = run("package", "serai:deploy", "-Dmaven.test.skip");
    assertThat(refused.status()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output())
        .contains(name + "-1.0.0.jar refused at construct; what was live is live still")
        .contains("IllegalArgumentException")
        .doesNotContain("\tat ");
    assertThat(answer()).isEqualTo("{\"greeting\":\"Hello, Ada\"}");

    ScriptResult nobody =
        maven.run(
            project,
            "serai:deploy",
            "-Dserai.file=target/" + name + "-1.0.0.jar",
            "-Dserai.url=" + server.management(""),
            "-Dserai.server=nobody");
    assertThat(nobody.status()).as(nobody.output()).isEqualTo(1);
    assertThat(nobody.output()).contains("wants to know who asks").doesNotContain("\tat ");
  }

  @Test
  void savesAreLiveWhileTheProjectIsWatched() throws IOException {
    Path output = folder.resolve(name + ".watch");
    List<String> goal = new ArrayList<>(List.of("serai:watch", "-DskipTests"));
    goal.addAll(access());
    Process watch = maven.begin(project, output, goal.toArray(String[]::new));
    try {
      told(watch, output, "Watching ");
      assertThat(answer()).isEqualTo("{\"greeting\":\"Hello, Ada\"}");

      edit("src/main/java/com/acme/Hello.java", "\"Hello, \"", "\"Welcome, \"");
      told(watch, output, name + " live: revision 2");
      assertThat(answer()).isEqualTo("{\"greeting\":\"Welcome, Ada\"}");

      edit("src/main/java/com/acme/Hello.java", "return new", "retrun new");
      told(watch, output, "Hello.java:17:5: error: ");
      assertThat(answer()).isEqualTo("{\"greeting\":\"Welcome, Ada\"}");

      edit("src/main/java/com/acme/Hello.java", "retrun new", "return new");
      told(watch, output, name + " unchanged: revision 2");

      Files.writeString(
          project.resolve("src/main/java/com/acme/Polite.java"),
          "package com.acme;\n\npublic class Polite extends Hello {}\n");
      told(watch, output, "revision 3, services [com.acme.polite, " + name + ".hello]");
    } finally {
      watch.destroy();
    }
  }

  private ScriptResult run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(access());
    return maven.run(project, all.toArray(String[]::new));
  }

  private ScriptResult invoke(String input) throws IOException {
    return run("serai:invoke", "-Dservice=" + name + ".hello", input);
  }

  private List<String> access() {
    Path token = server.data().resolve("security/token");
    return List.of("-Dserai.url=" + server.management(""), "-Dserai.token.file=" + token);
  }

  private String answer() {
    return client.get("/" + name + "/hello?name=Ada").body();
  }

  /** Saves a file as editors do: beside it first, then by a rename. */
  private void edit(String file, String from, String to) throws IOException {
    Path saved = project.resolve(file);
    String text = Files.readString(saved);
    assertThat(text).contains(from);
    Path temporary = saved.resolveSibling("." + saved.getFileName() + ".tmp");
    Files.writeString(temporary, text.replace(from, to));
    Files.move(temporary, saved, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void told(Process watch, Path output, String words) {
    await(words)
        .atMost(LIMIT)
        .until(
            () -> {
              assertThat(watch.isAlive()).as(Files.readString(output)).isTrue();
              return Files.readString(output).contains(words);
            });
  }
}
