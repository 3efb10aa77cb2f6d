package org.caravanserai.pubsub.internal.push;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: twice as long after each, up to a longest time, and a
 * bit more or less, so that what failed together does not come again together.
 *
 * @param first after the first attempt
 * @param longest at most
 * @param jitterPercent how much more or less, in percent
 */
public record Backoff(Duration first, Duration longest, int jitterPercent) {

  private static final int MOST_DOUBLINGS = 40;
  private static final double PERCENT = 100;

  /** Refuses what is negative. */
  public Backoff {
    if (first.isNegative() || longest.isNegative() || jitterPercent < 0 || jitterPercent > 100) {
      throw new IllegalArgumentException(first + ", " + longest + ", " + jitterPercent + " %");
    }
  }

  /**
   * How long to wait, in milliseconds.
   *
   * @param attempts how many attempts have failed, at least one
   * @param random gives numbers from 0 to 1
   */
  long millis(int attempts, DoubleSupplier random) {
    double plain =
        Math.min(
            (double) longest.toMillis(),
            first.toMillis() * Math.pow(2, Math.min(attempts - 1, MOST_DOUBLINGS)));
    double share = (2 * random.getAsDouble() - 1) * jitterPercent / PERCENT;
    return Math.max(0, Math.round(plain * (1 + share)));
  }
}
