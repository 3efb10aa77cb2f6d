package org.caravanserai.maven;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Who asks a server.
 *
 * @param who the same in words, without what is secret
 * @param authorization the value of the header {@code Authorization}; nothing for nobody
 */
record Credentials(String who, Optional<String> authorization) {

  /** Nobody: the server will ask for a name. */
  static final Credentials NOBODY = new Credentials("nobody", Optional.empty());

  /** A user with a password. */
  static Credentials basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Credentials(user, Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  /** Whoever holds a token. */
  static Credentials bearer(String token, String where) {
    return new Credentials("the token of " + where, Optional.of("Bearer " + token));
  }

  /** Who it is, and nothing secret. */
  @Override
  public String toString() {
    return who;
  }
}
