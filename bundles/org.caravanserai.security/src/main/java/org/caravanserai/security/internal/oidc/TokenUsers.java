package org.caravanserai.security.internal.oidc;

import java.util.Optional;
import org.caravanserai.security.User;

/** Users who show a signed token of an issuer that this server believes. */
public interface TokenUsers {

  /** The user of a token that was right before and still is; asks nobody. */
  Optional<User> remembered(String token);

  /** Whose a token is. May ask the issuer for its keys, within a time limit. */
  TokenVerdict verify(String token);
}
