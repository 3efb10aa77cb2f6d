package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell over SSH: who gets in, and what it offers. */
@ExtendWith(ServerExtension.class)
class SshIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Server server;
  private final SshClient ssh = SshClient.setUpDefaultClient();

  SshIT(Server server) {
    this.server = server;
  }

  @BeforeEach
  void start() {
    ssh.setServerKeyVerifier((session, address, key) -> true);
    // One try a log-in: after some failures the right password would have to wait, too.
    ssh.setUserAuthFactoriesNames("password");
    ssh.start();
  }

  @AfterEach
  void stop() throws IOException {
    ssh.close();
  }

  @Test
  void theAdministratorRunsCommands() throws IOException {
    try (ClientSession session = logIn("admin", Server.PASSWORD)) {
      var output = new ByteArrayOutputStream();
      session.executeRemoteCommand("serai:services --json", output, output, StandardCharsets.UTF_8);
      assertThat(output.toString(StandardCharsets.UTF_8)).startsWith("{");
    }
  }

  @ParameterizedTest
  @CsvSource({"admin,wrong", "karaf,karaf", "nobody,a-password-for-tests"})
  void nobodyElseGetsIn(String user, String password) {
    assertThatThrownBy(() -> logIn(user, password).close()).isInstanceOf(SshException.class);
  }

  @Test
  void thereIsNoSftp() throws IOException {
    try (ClientSession session = logIn("admin", Server.PASSWORD)) {
      assertThatThrownBy(() -> SftpClientFactory.instance().createSftpClient(session).close())
          .isInstanceOf(IOException.class);
    }
  }

  private ClientSession logIn(String user, String password) throws IOException {
    ClientSession session =
        ssh.connect(user, "127.0.0.1", server.sshPort()).verify(LIMIT).getSession();
    session.addPasswordIdentity(password);
    session.auth().verify(LIMIT);
    return session;
  }
}
