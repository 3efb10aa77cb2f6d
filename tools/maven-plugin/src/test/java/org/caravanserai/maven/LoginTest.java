package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.sec.dispatcher.SecDispatcherException;

class LoginTest {

  private final Settings settings = new Settings();
  private final SettingsDecrypter decrypter = new DefaultSettingsDecrypter(LoginTest::open);
  @TempDir private Path folder;

  @Test
  void aTokenGoesFirst() throws Exception {
    File file = Files.writeString(folder.resolve("token"), "abc\n").toFile();
    Credentials credentials =
        new Login("ann", "secret", file, "serai").credentials(settings, decrypter);
    assertThat(credentials.authorization()).hasValue("Bearer abc");
    assertThat(credentials.toString()).isEqualTo("the token of " + file);
  }

  @Test
  void aTokenThatIsNotThereIsNamed() {
    Login login = new Login("ann", null, folder.resolve("none").toFile(), "serai");
    assertThatThrownBy(() -> login.credentials(settings, decrypter))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(folder.resolve("none").toString());
  }

  @Test
  void aPasswordGoesBeforeTheSettings() throws Exception {
    settings.addServer(server("bob", "of-the-settings"));
    Login login = new Login("ann", "secret", null, "serai");
    assertThat(login.credentials(settings, decrypter))
        .isEqualTo(Credentials.basic("ann", "secret"));
    assertThat(login.toString()).isEqualTo("ann");
  }

  @Test
  void anEncryptedPasswordOfTheSettingsIsOpened() throws Exception {
    settings.addServer(server("bob", "{terces}"));
    assertThat(new Login("ann", null, null, "serai").credentials(settings, decrypter))
        .isEqualTo(Credentials.basic("bob", "secret"));
  }

  @Test
  void aPasswordThatCannotBeOpenedIsToldWithoutIt() {
    settings.addServer(server("bob", "{broken}"));
    assertThatThrownBy(() -> new Login("ann", null, null, "serai").credentials(settings, decrypter))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("The password of the server serai in settings.xml: ")
        .hasMessageContaining("no master password")
        .hasMessageNotContaining("broken");
  }

  @Test
  void withoutAnyOfThemHeIsNobody() throws Exception {
    settings.addServer(server("bob", "x"));
    assertThat(new Login("ann", null, null, "other").credentials(settings, decrypter))
        .isEqualTo(Credentials.NOBODY);
  }

  private static Server server(String user, String password) {
    Server server = new Server();
    server.setId("serai");
    server.setUsername(user);
    server.setPassword(password);
    return server;
  }

  /** Opens what stands between braces by reading it backwards. */
  private static String open(String password) throws SecDispatcherException {
    if (password.equals("{broken}")) {
      throw new SecDispatcherException("no master password");
    }
    return password.startsWith("{")
        ? new StringBuilder(password.substring(1, password.length() - 1)).reverse().toString()
        : password;
  }
}
