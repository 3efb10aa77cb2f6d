package org.caravanserai.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** What all goals share: which server, and who asks it. */
abstract class ServerMojo extends AbstractMojo {

  /** The address of the server's management listener. */
  @Parameter(property = "serai.url", defaultValue = "http://127.0.0.1:8183")
  private String url;

  /** The user, if a password is given. */
  @Parameter(property = "serai.username", defaultValue = "admin")
  private String username;

  /** The user's password. */
  @Parameter(property = "serai.password")
  private @Nullable String password;

  /** A file with a token: the server's own {@code data/security/token}, or one of its issuer. */
  @Parameter(property = "serai.token.file")
  private @Nullable File tokenFile;

  /**
   * The {@code <server>} of {@code settings.xml} with the user's name and password, which may be
   * encrypted; used when neither a password nor a token is given.
   */
  @Parameter(property = "serai.server", defaultValue = "serai")
  private String server;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Inject private SettingsDecrypter decrypter;

  @Override
  public final void execute() throws MojoFailureException {
    try {
      run();
    } catch (RefusedException e) {
      throw new MojoFailureException(e.getMessage());
    }
  }

  /** Does the goal's work. */
  abstract void run() throws RefusedException;

  /** The server's admin API. */
  final AdminApi api() throws RefusedException {
    return new AdminApi(url, credentials());
  }

  final MavenSession session() {
    return session;
  }

  private Credentials credentials() throws RefusedException {
    if (tokenFile != null) {
      try {
        return Credentials.bearer(
            Files.readString(tokenFile.toPath()).strip(), tokenFile.getPath());
      } catch (IOException e) {
        throw new RefusedException("Can't read the token of serai.token.file: " + tokenFile);
      }
    }
    if (password != null) {
      return Credentials.basic(username, password);
    }
    Server known = session.getSettings().getServer(server);
    return known == null ? Credentials.NOBODY : credentials(known);
  }

  private Credentials credentials(Server known) throws RefusedException {
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(known));
    for (SettingsProblem each : result.getProblems()) {
      throw new RefusedException(
          "The password of the server " + server + " in settings.xml: " + each.getMessage());
    }
    Server open = result.getServer();
    if (open.getPassword() == null) {
      throw new RefusedException("The server " + server + " in settings.xml has no password");
    }
    return Credentials.basic(
        open.getUsername() == null ? username : open.getUsername(), open.getPassword());
  }
}
