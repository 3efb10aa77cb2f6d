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

/** The official Karaf distribution, on other ports, with one Maven repository and one user. */
final class StockKaraf implements AutoCloseable {

  private static final String VERSION = System.getProperty("serai.karaf.version");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final SshClient ssh = SshClient.setUpDefaultClient();
  private final Server server;
  private final Path folder;

  /**
   * Unpacks and begins to start it.
   *
   * @param repositories as Karaf's users write them
   */
  StockKaraf(String repositories) throws IOException {
    folder = Server.newFolder().resolve("apache-karaf-" + VERSION);
    Path archive =
        Path.of(
            System.getProperty("serai.repository"),
            "org/apache/karaf/apache-karaf",
            VERSION,
            folder.getFileName() + ".tar.gz");
    ScriptResult unpacked =
        ScriptResult.of(
            Path.of("tar"),
            List.of("-xzf", archive.toString(), "-C", folder.getParent().toString()),
            Map.of(),
            LIMIT);
    assertThat(unpacked.status()).as(unpacked.output()).isZero();
    int[] jmx = Server.freePorts(2);
    set("org.apache.karaf.management", "rmiRegistryPort", Integer.toString(jmx[0]));
    set("org.apache.karaf.management", "rmiServerPort", Integer.toString(jmx[1]));
    set("org.apache.karaf.shell", "sshPort", "${env:SERAI_SSH_PORT}");
    set("org.apache.karaf.shell", "sshHost", "127.0.0.1");
    set("org.ops4j.pax.url.mvn", "org.ops4j.pax.url.mvn.repositories", repositories);
    set("org.ops4j.pax.url.mvn", "org.ops4j.pax.url.mvn.localRepository", "${karaf.data}/m2");
    Files.writeString(
        folder.resolve("etc/users.properties"),
        "karaf = karaf,_g_:admingroup\n_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n");
    // The script becomes the JVM, so that a signal reaches it.
    server = Server.begin(folder, Server.newFolder(), Map.of("KARAF_EXEC", "exec"));
    ssh.setServerKeyVerifier((session, address, key) -> true);
    ssh.setUserAuthFactoriesNames("password");
    ssh.start();
  }

  /** Of several lines with one key, the last one counts. */
  private void set(String pid, String key, String value) throws IOException {
    Path file = folder.resolve("etc/" + pid + ".cfg");
    Files.writeString(file, Files.readString(file) + "\n" + key + " = " + value + "\n");
  }

  Server server() {
    return server;
  }

  /** What a shell command prints. */
  String run(String user, String password, String command) throws IOException {
    try (ClientSession session =
        ssh.connect(user, "127.0.0.1", server.sshPort()).verify(LIMIT).getSession()) {
      session.addPasswordIdentity(password);
      session.auth().verify(LIMIT);
      var output = new ByteArrayOutputStream();
      session.executeRemoteCommand(command, output, output, StandardCharsets.UTF_8);
      return output.toString(StandardCharsets.UTF_8);
    }
  }

  /** The same by Karaf's own user, as soon as the shell is there. */
  String runOnceThere(String command) {
    String[] output = {""};
    await("the shell of Karaf")
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () -> {
              output[0] = run("karaf", "karaf", command);
              return true;
            });
    return output[0];
  }

  /** Its log. */
  String log() throws IOException {
    return Files.readString(folder.resolve("data/log/karaf.log"));
  }

  @Override
  public void close() throws IOException {
    ssh.close();
    server.close();
  }
}
