package org.caravanserai.pubsub.internal.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.caravanserai.broker.QueueInfo;

/** How many messages come to queues and leave them a second, from looks at them now and then. */
final class Rates {

  private static final double NANOS = 1_000_000_000.0;

  private final LongSupplier clock;
  private volatile Map<String, Rate> rates = Map.of();

  /**
   * Knows nothing yet.
   *
   * @param clock nanoseconds
   */
  Rates(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Of one queue.
   *
   * @param in messages that come, a second
   * @param out messages that are acknowledged, a second
   */
  record Rate(double in, double out, long added, long acknowledged, long at) {

    static final Rate NONE = new Rate(0, 0, 0, 0, 0);
  }

  /** Looks at the queues; rates are those since the last look. */
  void look(List<QueueInfo> queues) {
    long now = clock.getAsLong();
    Map<String, Rate> before = rates;
    Map<String, Rate> next = new HashMap<>(queues.size() * 2);
    for (QueueInfo queue : queues) {
      Rate last = before.get(queue.name());
      double seconds = last == null ? 0 : (now - last.at) / NANOS;
      next.put(
          queue.name(),
          new Rate(
              last == null ? 0 : perSecond(queue.added() - last.added, seconds),
              last == null ? 0 : perSecond(queue.acknowledged() - last.acknowledged, seconds),
              queue.added(),
              queue.acknowledged(),
              now));
    }
    rates = next;
  }

  /** In tenths; none for a queue that was deleted and made anew meanwhile. */
  private static double perSecond(long count, double seconds) {
    return seconds <= 0 || count < 0 ? 0 : Math.round(count / seconds * 10) / 10.0;
  }

  Rate of(String queue) {
    return rates.getOrDefault(queue, Rate.NONE);
  }
}
