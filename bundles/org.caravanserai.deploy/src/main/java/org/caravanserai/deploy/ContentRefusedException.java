package org.caravanserai.deploy;

import java.util.List;
import org.caravanserai.spi.Diagnostic;

/** Says why a revision can't go live. */
public class ContentRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final transient List<Diagnostic> diagnostics;

  /** The step of a deployment that failed. */
  public enum Stage {
    /** It can't be read. */
    COMPILE,
    /** What it needs is missing. */
    LINK,
    /** Something that it makes failed. */
    CONSTRUCT,
    /** It makes no sense. */
    CHECK,
    /** Somebody else has a name or path. */
    CONFLICT
  }

  /** Refuses a revision. */
  public ContentRefusedException(Stage stage, List<Diagnostic> diagnostics) {
    super(stage + ": " + diagnostics);
    this.stage = stage;
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The step that failed. */
  public Stage stage() {
    return stage;
  }

  /** Why. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
