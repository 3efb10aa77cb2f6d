package org.caravanserai.maven;

import java.io.File;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
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
    Login login = new Login(username, password, tokenFile, server);
    AdminApi api = new AdminApi(url, login.credentials(session.getSettings(), decrypter));
    if (api.isInTheClear()) {
      getLog().warn("Your password or token goes to " + url + " unencrypted: https would hide it");
    }
    return api;
  }
}
