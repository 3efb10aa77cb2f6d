package org.caravanserai.deploy.internal.compile;

import java.util.List;
import java.util.Locale;
import org.caravanserai.spi.Diagnostic;

/** Says at which step a source was refused, and why. */
public final class RejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;
  private final Stage stage;

  /** The step that refused it. */
  public enum Stage {
    /** It is no Java that the compiler takes. */
    COMPILE,
    /** A class that it needs can't be wired, or does not fit. */
    LINK,
    /** A constructor failed or took too long. */
    CONSTRUCT,
    /** It has no service, or one that can't be called. */
    CHECK,
    /** Somebody else has the name. */
    CONFLICT;

    /** The stage as answers spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses a source for several reasons. */
  public RejectedException(Stage stage, List<Diagnostic> diagnostics) {
    super(stage.label() + ": " + diagnostics);
    this.stage = stage;
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Refuses a source for one reason. */
  public RejectedException(Stage stage, Diagnostic diagnostic) {
    this(stage, List.of(diagnostic));
  }

  /** The step that refused it. */
  public Stage stage() {
    return stage;
  }

  /** Why. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
