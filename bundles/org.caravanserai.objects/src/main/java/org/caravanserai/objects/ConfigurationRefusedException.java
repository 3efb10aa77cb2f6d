package org.caravanserai.objects;

import java.util.List;
import java.util.stream.Collectors;
import org.caravanserai.spi.Diagnostic;

/** A change of the configuration is refused, and nothing has changed. */
public final class ConfigurationRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why, in general. */
  public enum Reason {
    /** What was given is wrong. */
    INVALID,
    /** There is nothing of that kind or name. */
    UNKNOWN,
    /** Somebody else has it, or needs it. */
    CONFLICT,
    /** It is not as the caller believes. */
    OUTDATED
  }

  private final Reason reason;
  private final transient List<Diagnostic> diagnostics;

  /** Refuses, in words. */
  public ConfigurationRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
    this.diagnostics = List.of();
  }

  /**
   * Refuses with places.
   *
   * @param reason why, in general
   * @param diagnostics what is wrong, at least one error
   */
  public ConfigurationRefusedException(Reason reason, List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
    this.reason = reason;
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Why, in general. */
  public Reason reason() {
    return reason;
  }

  /** What is wrong, and where; empty if the message says it all. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
