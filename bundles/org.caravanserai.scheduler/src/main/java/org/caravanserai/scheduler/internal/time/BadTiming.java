package org.caravanserai.scheduler.internal.time;

/** Says which field of a timetable makes no sense, and why. */
public final class BadTiming extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  BadTiming(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field as configuration spells it. */
  public String field() {
    return field;
  }

  /** Why it makes no sense. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
