package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shell, from scripts. */
@ExtendWith(ServerExtension.class)
class ShellIT {

  private final Server server;

  ShellIT(Server server) {
    this.server = server;
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

    assertThat(server.run("bin/serai", "no-such-command").status()).isEqualTo(1);
    assertThat(server.run("bin/serai").status()).isEqualTo(2);
  }

  @Test
  void karafsOwnCommandsRunToo() {
    ScriptResult bundles = server.run("bin/serai", "bundle:list", "-s");
    assertThat(bundles.status()).as(bundles.output()).isZero();
    assertThat(bundles.output()).contains("org.caravanserai.runtime");
  }
}
