package org.caravanserai.management.internal;

/** A refusal that becomes a problem document (RFC 9457). */
final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Refuses a request.
   *
   * @param status the HTTP status
   * @param detail why, and what to do next
   */
  Problem(int status, String detail) {
    super(detail);
    this.status = status;
  }

  int status() {
    return status;
  }

  String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
