package org.caravanserai.rest.internal.outgoing;

import java.time.Duration;
import java.util.Set;

/**
 * When a failed attempt is repeated.
 *
 * @param most how often at most
 * @param sleep how long to wait before the first time
 * @param multiplier how much longer to wait each time
 * @param threshold how long all may take
 */
record Retries(int most, Duration sleep, int multiplier, Duration threshold) {

  /** A single wait is never longer. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  /** RFC 9110, section 9.2.2. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  /** Whether a method may be sent twice. */
  static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  /** Whether the other system says by its status that it is worth to try again. */
  static boolean isPassing(int status) {
    return PASSING.contains(status);
  }

  /**
   * How long to wait before the next attempt.
   *
   * @param failed how many attempts have failed, from 1
   * @param asked how long the other system asks to wait; zero if it does not
   * @param spent how long all has taken so far
   * @return negative if there is to be none
   */
  Duration before(int failed, Duration asked, Duration spent) {
    if (failed > most) {
      return Duration.ofNanos(-1);
    }
    double factor = Math.pow(multiplier, Math.min(failed - 1, 30));
    double millis = Math.min((double) sleep.toMillis() * factor, (double) LONGEST.toMillis());
    Duration wait = Duration.ofMillis((long) millis);
    Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
    return spent.plus(longer).compareTo(threshold) > 0 ? Duration.ofNanos(-1) : longer;
  }
}
