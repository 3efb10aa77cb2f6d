package org.caravanserai.objects;

/**
 * What became of an attempt to reach the system behind a connection.
 *
 * @param status what became of it
 * @param millis how long it took, in milliseconds
 * @param details what was reached, or why not, in words; never holds a secret
 */
public record Ping(Status status, double millis, String details) {

  /** What became of it. */
  public enum Status {
    /** The system answered. */
    REACHED,
    /** The system was not reached, or turned us away. */
    NOT_REACHED,
    /** Nothing was tried: the object is no connection, or not open. */
    NOT_TRIED
  }
}
