package org.caravanserai.security.internal.oidc;

import org.caravanserai.security.User;

/** What is to be thought of somebody who shows a token. */
public sealed interface TokenVerdict {

  /**
   * It is somebody who may do something here.
   *
   * @param user who
   */
  record Known(User user) implements TokenVerdict {}

  /**
   * The token is wrong, or is for somebody without a role.
   *
   * @param reason why, in words
   */
  record Refused(String reason) implements TokenVerdict {}

  /**
   * Nobody can tell now.
   *
   * @param reason why, in words
   */
  record Undecided(String reason) implements TokenVerdict {}
}
