package org.caravanserai.spi;

/** Says which field of an object makes no sense, and why. */
public class InvalidObjectException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Refuses an object.
   *
   * @param field the name of the field as configuration spells it
   * @param message why
   */
  public InvalidObjectException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The name of the field as configuration spells it. */
  public String field() {
    return field;
  }
}
