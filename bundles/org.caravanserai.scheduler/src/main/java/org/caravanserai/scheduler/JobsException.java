package org.caravanserai.scheduler;

/** Says why something can't be done with jobs. */
public class JobsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String field;

  /**
   * Refuses something.
   *
   * @param status the status as HTTP numbers them
   * @param field the field that makes no sense; empty if it is none
   * @param message why
   */
  public JobsException(int status, String field, String message) {
    super(message);
    this.status = status;
    this.field = field;
  }

  /** The status as HTTP numbers them: 404 no such job, 422 makes no sense, 503 no database. */
  public int status() {
    return status;
  }

  /** The field that makes no sense; empty if it is none. */
  public String field() {
    return field;
  }
}
