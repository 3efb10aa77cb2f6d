package org.caravanserai.security;

/** A change of the users is refused, and nothing has changed. */
public final class AccountRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why, in general. */
  public enum Reason {
    /** What was given is wrong. */
    INVALID,
    /** There is no such user. */
    UNKNOWN,
    /** There is such a user already, or she is needed. */
    CONFLICT,
    /** The present password is not that. */
    WRONG_PASSWORD
  }

  private final Reason reason;

  /**
   * Refuses.
   *
   * @param reason why, in general
   * @param message why, in words
   */
  public AccountRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why, in general. */
  public Reason reason() {
    return reason;
  }
}
