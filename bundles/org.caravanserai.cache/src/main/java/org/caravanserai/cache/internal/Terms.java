package org.caravanserai.cache.internal;

import java.time.Duration;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * How a cache keeps its values.
 *
 * @param maxSize how many at most
 * @param maxItemSize how large one may be, in characters
 * @param extendOnGet whether reading a value begins its time anew
 * @param extendOnSet whether another value of a key begins its time anew
 * @param expiry how long values are kept for which nobody says; empty for ever
 */
public record Terms(
    long maxSize,
    int maxItemSize,
    boolean extendOnGet,
    boolean extendOnSet,
    Optional<Duration> expiry) {

  /** Those of a cache of which nothing is configured. */
  public static final Terms USUAL = new Terms(10_000, 10_000, false, true, Optional.empty());

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * How long a value is kept, in nanoseconds; 0 for ever.
   *
   * @throws ServiceException with status 400 if that makes no sense
   */
  static long nanos(Duration expiry) {
    if (expiry.isNegative() || expiry.compareTo(LONGEST) > 0) {
      throw new ServiceException(
          400, "expiry: expected 0 to " + LONGEST.toSeconds() + " seconds, 0 for ever");
    }
    return expiry.toNanos();
  }

  /** The same where nobody may have said. */
  long nanosOr(@Nullable Duration given) {
    return given == null ? nanos(expiry.orElse(Duration.ZERO)) : nanos(given);
  }
}
