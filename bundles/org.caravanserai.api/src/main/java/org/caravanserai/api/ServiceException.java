package org.caravanserai.api;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose status and words are meant for the caller.
 *
 * <p>On HTTP channels it becomes {@code {"result":"Error","cid":"...","details":"..."}} with the
 * given status.
 */
public class ServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int retryAfterSeconds;

  /**
   * Makes a failure.
   *
   * @param status the status as HTTP numbers them, 400 to 599
   * @param details what the caller reads
   * @throws IllegalArgumentException if the status is out of range
   */
  public ServiceException(int status, String details) {
    this(status, details, null);
  }

  /**
   * Makes a failure with its cause, which goes to the log only.
   *
   * @param status the status as HTTP numbers them, 400 to 599
   * @param details what the caller reads
   * @param cause what led to it
   * @throws IllegalArgumentException if the status is out of range
   */
  public ServiceException(int status, String details, @Nullable Throwable cause) {
    this(status, details, cause, 0);
  }

  /**
   * Makes a failure that passes: HTTP channels tell the caller by {@code Retry-After} (RFC 9110,
   * section 10.2.3).
   *
   * @param status the status as HTTP numbers them, 400 to 599
   * @param details what the caller reads
   * @param cause what led to it
   * @param retryAfterSeconds after how many seconds it makes sense to try again; 0 says nothing
   * @throws IllegalArgumentException if the status is out of range or the seconds are negative
   */
  public ServiceException(
      int status, String details, @Nullable Throwable cause, int retryAfterSeconds) {
    super(details, cause);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status " + status + " is not within 400 to 599");
    }
    if (retryAfterSeconds < 0) {
      throw new IllegalArgumentException("a caller can't wait " + retryAfterSeconds + " seconds");
    }
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The status as HTTP numbers them. */
  public int status() {
    return status;
  }

  /** After how many seconds it makes sense to try again; 0 if that is not known. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** What the caller reads. */
  public String details() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
