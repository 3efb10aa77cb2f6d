package org.caravanserai.deploy;

/** Says why a file can't be read or changed, whatever is in it. */
public class FileRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** The path is none of a file in a watched folder. */
    PATH,
    /** There is no such file. */
    MISSING,
    /** It is no text. */
    NO_TEXT,
    /** It is too large. */
    TOO_LARGE,
    /** Something else is in the way. */
    CONFLICT
  }

  /**
   * Refuses.
   *
   * @param reason why
   * @param message the same in words
   */
  public FileRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
