package org.caravanserai.pubsub;

/** Says why something was not done with a queue or a message, in words fit for operators. */
public class DeskException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** There is no such queue or message. */
    UNKNOWN,
    /** It is not possible as things are now. */
    CONFLICT,
    /** What was asked makes no sense. */
    INVALID,
    /** The broker can't do it now: its disk is full, or it is not running. */
    UNAVAILABLE
  }

  /** Says why. */
  public DeskException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
