package org.caravanserai.broker;

/** Says why the broker did not do what it was asked, in words fit for callers. */
public class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** There is no such topic or queue. */
    UNKNOWN,
    /** The topic or queue holds as much as it may. */
    FULL,
    /** The disk is full. */
    DISK_FULL,
    /** The message is larger than messages may be. */
    TOO_LARGE,
    /** What was asked makes no sense, such as a filter that can't be read. */
    INVALID,
    /** The broker is not running, or its disk failed. */
    UNAVAILABLE
  }

  /** Says why. */
  public BrokerException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Says why, with what was behind it, for the log. */
  public BrokerException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
