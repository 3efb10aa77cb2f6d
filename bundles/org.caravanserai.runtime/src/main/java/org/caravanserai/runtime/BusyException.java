package org.caravanserai.runtime;

/** Says that a call was not begun because there is no room for it now. */
public class BusyException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int retryAfterSeconds;

  /** Refuses a call. */
  public BusyException(String message, int retryAfterSeconds) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** After how many seconds it is worth to try again. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
