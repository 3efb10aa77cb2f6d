package org.caravanserai.scheduler.internal.time;

import java.time.Instant;
import java.util.Optional;

/** A sequence of times, each of which follows from the one before. */
@FunctionalInterface
public interface Times {

  /**
   * The first time after another one.
   *
   * @param after any time; it need not be one of the sequence
   * @return empty if there is none
   */
  Optional<Instant> next(Instant after);
}
