package org.caravanserai.camel;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** The tracing of one route: what its next messages hold at each processor. */
@ConsumerType
public interface RouteTracing {

  /** The trace that is on, or the last one. */
  RouteTrace look();

  /**
   * Records the next messages, in the place of what was recorded before.
   *
   * @param messages how many; none for as many as is usual
   * @param seconds for how long; none for as long as is usual
   * @param by who wants it
   * @throws RouteRefusedException if that is more than the settings allow
   */
  RouteTrace start(Optional<Integer> messages, Optional<Integer> seconds, String by)
      throws RouteRefusedException;

  /** A recorded message, by its number from 1. */
  Optional<TracedMessage> message(int number);

  /** Ends the trace and forgets what it has recorded. */
  RouteTrace forget();
}
