package org.caravanserai.security.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of an act. */
public enum Outcome {
  /** It was begun; if nothing else is known the server ended before it did. */
  BEGUN,
  /** It was done. */
  DONE,
  /** It failed, or made no sense. */
  FAILED,
  /** The user may not do it. */
  FORBIDDEN,
  /** Nobody knows who it was. */
  UNAUTHENTICATED;

  /** How it is written. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome that is written so. */
  public static Optional<Outcome> of(String id) {
    return Stream.of(values()).filter(outcome -> outcome.id().equals(id)).findFirst();
  }
}
