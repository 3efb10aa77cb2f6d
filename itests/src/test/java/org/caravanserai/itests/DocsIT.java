package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command in the pages for Karaf and for Camel users does what the page says. */
class DocsIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static SshClient ssh;
  private static Server server;

  @BeforeAll
  static void start() {
    server = Server.start();
    ssh = SshClient.setUpDefaultClient();
    ssh.setServerKeyVerifier((session, address, key) -> true);
    ssh.start();
  }

  @AfterAll
  static void stop() throws IOException {
    ssh.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "karaf.md",
        "camel.md",
        "cache.md",
        "calls.md",
        "user-config.md",
        "hooks.md",
        "locks.md",
        "openapi.md",
        "../README.md"
      })
  void aReaderFollowsThePage(String name) throws IOException {
    Path folder = checkout();
    DocsPage page =
        DocsPage.of(name)
            .replacing(
                Map.of(
                    "localhost:8181", "localhost:" + server.traffic("/").getPort(),
                    "-p 61616", "-p " + server.brokerPort(),
                    "localhost:8183", "localhost:" + server.management("/").getPort()));

    assertThat(page.steps()).hasSizeGreaterThan(3);
    for (DocsPage.Step step : page.steps()) {
      if (step instanceof DocsPage.Saved saved) {
        Files.writeString(folder.resolve(saved.file()), saved.content());
      } else if (step instanceof DocsPage.Typed typed) {
        type(typed, folder);
      }
    }
  }

  /** A folder with what the reader finds in his checkout. */
  private static Path checkout() throws IOException {
    Path folder = Server.newFolder();
    Files.createSymbolicLink(folder.resolve("bin"), Server.distribution().resolve("bin"));
    Files.createSymbolicLink(
        folder.resolve("examples"), Path.of("../examples").toAbsolutePath().normalize());
    return folder;
  }

  private static void type(DocsPage.Typed typed, Path folder) throws IOException {
    if (typed.shell().equals("karaf")) {
      assertThat(karaf(typed.line())).as(typed.line()).contains(typed.seen());
    } else if (isAsking(typed.line())) {
      // What a watched folder has got takes a moment.
      await(typed.line() + " answers " + typed.seen())
          .until(() -> bash(typed.line(), folder).output().contains(typed.seen()));
    } else {
      ScriptResult result = bash(typed.line(), folder);
      assertThat(result.status()).as("%s: %s", typed.line(), result.output()).isZero();
      assertThat(result.output()).as(typed.line()).contains(typed.seen());
    }
  }

  private static boolean isAsking(String line) {
    return (line.startsWith("curl localhost:") && !line.contains(" -d "))
        || line.startsWith("bin/serai pubsub-dead");
  }

  private static ScriptResult bash(String line, Path folder) {
    return ScriptResult.of(
        Path.of("/bin/bash"),
        List.of(
            "-c", "cd '" + folder + "' && " + line.replace("curl ", "curl -sS --fail-with-body ")),
        Map.of("SERAI_DATA", server.data().toString(), "P", Server.PASSWORD),
        LIMIT);
  }

  private static String karaf(String line) throws IOException {
    try (ClientSession session =
        ssh.connect("admin", "127.0.0.1", server.sshPort()).verify(LIMIT).getSession()) {
      session.addPasswordIdentity(Server.PASSWORD);
      session.auth().verify(LIMIT);
      var output = new ByteArrayOutputStream();
      session.executeRemoteCommand(line, output, output, StandardCharsets.UTF_8);
      return output.toString(StandardCharsets.UTF_8);
    }
  }
}
