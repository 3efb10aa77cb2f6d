package org.caravanserai.management;

/**
 * What was done with an object.
 *
 * @param status {@code done}
 * @param details what it was, in words
 */
public record ActionAnswer(String status, String details) {

  /** It was done. */
  public static ActionAnswer done(String details) {
    return new ActionAnswer("done", details);
  }
}
