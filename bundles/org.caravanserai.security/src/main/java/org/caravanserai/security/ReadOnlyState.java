package org.caravanserai.security;

import java.time.Instant;

/**
 * Why a server is read-only.
 *
 * @param by the user who said so last
 * @param since since when it is
 * @param reason why, in the words of the user
 */
public record ReadOnlyState(String by, Instant since, String reason) {

  /** In a sentence. */
  public String words() {
    return "The server is read-only since %s, by %s: %s".formatted(since, by, reason);
  }
}
