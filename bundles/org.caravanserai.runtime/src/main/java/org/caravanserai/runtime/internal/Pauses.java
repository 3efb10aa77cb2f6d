package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before another attempt: twice as long after each, up to a longest time, and a
 * bit more or less, so that what failed together does not come again together.
 *
 * @param first after the first attempt
 * @param longest at most
 * @param jitterPercent how much more or less, in percent
 */
record Pauses(Duration first, Duration longest, int jitterPercent) {

  private static final int MOST_DOUBLINGS = 40;
  private static final double PERCENT = 100;

  Pauses {
    if (first.isNegative() || longest.isNegative()) {
      throw new IllegalArgumentException("a pause can't be negative: " + first + ", " + longest);
    }
    if (jitterPercent < 0 || jitterPercent > PERCENT) {
      throw new IllegalArgumentException(jitterPercent + " percent is not within 0 to 100");
    }
  }

  /**
   * The pause after an attempt, in nanoseconds.
   *
   * @param attempts how many have failed, at least one
   */
  long nanos(int attempts) {
    double plain =
        Math.min(
            (double) longest.toNanos(),
            first.toNanos() * Math.pow(2, Math.min(attempts - 1, MOST_DOUBLINGS)));
    double share = (2 * ThreadLocalRandom.current().nextDouble() - 1) * jitterPercent / PERCENT;
    return Math.max(0, Math.round(plain * (1 + share)));
  }
}
