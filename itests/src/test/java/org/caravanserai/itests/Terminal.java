package org.caravanserai.itests;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.session.ClientSession;

/** A terminal in which somebody types into the shell over SSH. */
final class Terminal implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SshClient ssh = SshClient.setUpDefaultClient();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ChannelShell channel;
  private final OutputStream keys;

  /**
   * Logs in as the administrator.
   *
   * @param columns how wide it is
   */
  Terminal(Server server, int columns) {
    ssh.setServerKeyVerifier((session, address, key) -> true);
    ssh.setUserAuthFactoriesNames("password");
    ssh.start();
    try {
      ClientSession session =
          ssh.connect("admin", "127.0.0.1", server.sshPort()).verify(LIMIT).getSession();
      session.addPasswordIdentity(Server.PASSWORD);
      session.auth().verify(LIMIT);
      channel = session.createShellChannel();
      channel.setPtyColumns(columns);
      channel.setOut(output);
      channel.setErr(output);
      channel.open().verify(LIMIT);
      keys = channel.getInvertedIn();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(LIMIT).until(() -> text().contains("admin@"));
  }

  /** Types, and gives what has appeared since then as soon as it holds a text. */
  String type(String typed, String awaited) {
    String before = text();
    try {
      keys.write(typed.getBytes(StandardCharsets.UTF_8));
      keys.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("after " + typed)
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                org.assertj.core.api.Assertions.assertThat(text().substring(before.length()))
                    .contains(awaited));
    return text().substring(before.length());
  }

  /** All that has appeared, without colours and movements of the cursor. */
  private String text() {
    return output
        .toString(StandardCharsets.UTF_8)
        .replaceAll("\u001B(?:\\[[0-9;?]*[A-Za-z]|[=>])", "");
  }

  @Override
  public void close() {
    channel.close(true);
    ssh.stop();
  }
}
