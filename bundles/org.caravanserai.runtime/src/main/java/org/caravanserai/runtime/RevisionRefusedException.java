package org.caravanserai.runtime;

import org.jspecify.annotations.Nullable;

/** Says why a class can't become a revision of a service. */
public class RevisionRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final int line;

  /** The step of a deployment that failed. */
  public enum Stage {
    /** A class that it needs is missing or does not fit. */
    LINK,
    /** Its constructor failed or took too long. */
    CONSTRUCT,
    /** It is no service that could be called: its name or its types. */
    CHECK
  }

  /** Refuses a revision. */
  public RevisionRefusedException(Stage stage, String message, @Nullable Throwable cause) {
    this(stage, message, cause, 0);
  }

  /**
   * Refuses a revision because of a line of its source.
   *
   * @param line the line; 0 if it is not known
   */
  public RevisionRefusedException(
      Stage stage, String message, @Nullable Throwable cause, int line) {
    super(message, cause);
    this.stage = stage;
    this.line = line;
  }

  /** The step that failed. */
  public Stage stage() {
    return stage;
  }

  /** The line of the service's source that is at fault; 0 if it is not known. */
  public int line() {
    return line;
  }
}
