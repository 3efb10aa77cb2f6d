package org.caravanserai.runtime;

import org.jspecify.annotations.Nullable;

/** Says why a class can't become a revision of a service. */
public class RevisionRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Stage stage;

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
    super(message, cause);
    this.stage = stage;
  }

  /** The step that failed. */
  public Stage stage() {
    return stage;
  }
}
