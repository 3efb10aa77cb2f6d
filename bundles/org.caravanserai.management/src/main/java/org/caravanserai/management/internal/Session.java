package org.caravanserai.management.internal;

import java.time.Instant;
import org.caravanserai.security.Login;
import org.caravanserai.security.User;

/** A browser in which somebody is logged in. */
final class Session {

  private final String id;
  private final String csrfToken;
  private final Login login;
  private final Instant begun;
  private volatile Instant used;
  private volatile boolean ended;

  /**
   * Begins one.
   *
   * @param id the secret in the cookie
   * @param csrfToken the secret that only the console's own pages can tell
   */
  Session(String id, String csrfToken, Login login, Instant now) {
    this.id = id;
    this.csrfToken = csrfToken;
    this.login = login;
    this.begun = now;
    this.used = now;
  }

  String id() {
    return id;
  }

  String csrfToken() {
    return csrfToken;
  }

  User user() {
    return login.user();
  }

  Instant begun() {
    return begun;
  }

  /** When it was last asked for something. */
  Instant used() {
    return used;
  }

  /** It is asked for something. */
  void use(Instant now) {
    used = now;
  }

  /** The user logs out. */
  void end() {
    ended = true;
  }

  /** Whether nobody has ended it, by logging out or by changing the user. */
  boolean holds() {
    return !ended && login.holds().getAsBoolean();
  }
}
