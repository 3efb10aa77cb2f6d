package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The project that the archetype makes, and the goals of the Maven plug-in, in a real Maven. */
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MavenIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Server server;
  private final Path folder = Server.newFolder();
  private GreeterProject generated;

  MavenIT(Server server) {
    this.server = server;
  }

  @BeforeAll
  void theArchetypeMakesAProject() throws IOException {
    generated = GreeterProject.generate(folder, new Maven(folder), server);
    assertThat(generated.folder().resolve(".gitignore")).hasContent("target/");
  }

  @Test
  void itBuildsTestsAndDeploysAndItsServiceIsCalled() throws IOException {
    GreeterProject project = generated.copy("greeter1");
    ScriptResult deployed = project.run("package", "serai:deploy");
    assertThat(deployed.status()).as(deployed.output()).isZero();
    assertThat(deployed.output())
        .contains("Tests run: 2, Failures: 0")
        .containsPattern("greeter1 live: revision 1, services \\[greeter1\\.hello\\] \\(\\d+ ms\\)")
        .contains("serai.yaml: added channel_rest/greeter1.hello");
    assertThat(project.answer()).isEqualTo("{\"greeting\":\"Hello, Ada\"}");
    assertThat(server.client().apiGet("/services/greeter1.hello").body())
        .contains("Greets one person.");

    ScriptResult invoked =
        project.run("serai:invoke", "-Dservice=greeter1.hello", "-Ddata={\"name\":\"Bo\"}");
    assertThat(invoked.status()).as(invoked.output()).isZero();
    assertThat(invoked.output()).contains("[INFO] {\"greeting\":\"Hello, Bo\"}");

    ScriptResult tested = project.run("surefire:test", "-Dserai.test.url=" + server.management(""));
    assertThat(tested.status()).as(tested.output()).isZero();
    assertThat(tested.output()).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");

    Path input = Files.writeString(folder.resolve("input.json"), "{\"nme\":\"Bo\"}");
    ScriptResult wrong = project.run("serai:invoke", "-Dservice=greeter1.hello", "-Dfile=" + input);
    assertThat(wrong.status()).as(wrong.output()).isEqualTo(1);
    assertThat(wrong.output()).contains("/name: missing").doesNotContain("\tat ");
  }

  @Test
  void aRefusalFailsTheBuildInWordsAndChangesNothing() throws IOException {
    GreeterProject project = generated.copy("greeter2");
    project.edit("public record Request", "static int times = 1 / 0;\n\n  public record Request");
    ScriptResult refused = project.run("package", "serai:deploy", "-Dmaven.test.skip");
    assertThat(refused.status()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output())
        .contains("greeter2-1.0.0.jar refused at construct; what was live is live still")
        .contains("ArithmeticException")
        .doesNotContain("\tat ");
    assertThat(server.client().apiGet("/objects/channel_rest/greeter2.hello").statusCode())
        .isEqualTo(404);

    ScriptResult nobody =
        project.runAsNobody("serai:deploy", "-Dserai.file=target/greeter2-1.0.0.jar");
    assertThat(nobody.status()).as(nobody.output()).isEqualTo(1);
    assertThat(nobody.output()).contains("wants to know who asks").doesNotContain("\tat ");
  }

  @Test
  void savesAreLiveWhileItIsWatched() throws IOException {
    GreeterProject project = generated.copy("greeter3");
    Path output = folder.resolve("watch.out");
    Process watch = project.begin(output, "serai:watch", "-DskipTests");
    try {
      told(watch, output, "Watching ");
      assertThat(project.answer()).isEqualTo("{\"greeting\":\"Hello, Ada\"}");

      project.edit("\"Hello, \"", "\"Welcome, \"");
      told(watch, output, "greeter3 live: revision 2");
      assertThat(project.answer()).isEqualTo("{\"greeting\":\"Welcome, Ada\"}");

      project.edit("return new", "retrun new");
      told(watch, output, "Hello.java:17:5: error: ");
      assertThat(project.answer()).isEqualTo("{\"greeting\":\"Welcome, Ada\"}");

      project.edit("retrun new", "return new");
      told(watch, output, "greeter3 unchanged: revision 2");

      Files.writeString(
          project.source("Polite"), "package com.acme;\n\npublic class Polite extends Hello {}\n");
      told(watch, output, "revision 3, services [com.acme.polite, greeter3.hello]");
    } finally {
      watch.destroy();
    }
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
