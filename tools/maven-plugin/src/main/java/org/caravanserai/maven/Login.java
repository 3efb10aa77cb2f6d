package org.caravanserai.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * What a user has said about who he is: a token, else a password, else a server of his settings.
 *
 * @param username the user of the password, and of a server that names none
 * @param password his password
 * @param tokenFile a file with a token
 * @param server the id of a server in {@code settings.xml}, which need not be there
 */
record Login(String username, @Nullable String password, @Nullable File tokenFile, String server) {

  /**
   * Who he is.
   *
   * @throws RefusedException if what he has said can't be read
   */
  Credentials credentials(Settings settings, SettingsDecrypter decrypter) throws RefusedException {
    if (tokenFile != null) {
      try {
        String token = Files.readString(tokenFile.toPath()).strip();
        return Credentials.bearer(token, tokenFile.getPath());
      } catch (IOException e) {
        throw new RefusedException("Can't read the token of serai.token.file: " + tokenFile);
      }
    }
    if (password != null) {
      return Credentials.basic(username, password);
    }
    Server known = settings.getServer(server);
    return known == null ? Credentials.NOBODY : credentials(known, decrypter);
  }

  private Credentials credentials(Server known, SettingsDecrypter decrypter)
      throws RefusedException {
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(known));
    for (SettingsProblem each : result.getProblems()) {
      throw new RefusedException(
          "The password of the server " + server + " in settings.xml: " + each.getMessage());
    }
    String open = result.getServer().getPassword();
    if (open == null) {
      throw new RefusedException("The server " + server + " in settings.xml has no password");
    }
    return Credentials.basic(known.getUsername() == null ? username : known.getUsername(), open);
  }

  /** Who he says he is, without what is secret. */
  @Override
  public String toString() {
    return username;
  }
}
