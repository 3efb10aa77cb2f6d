package org.caravanserai.pubsub.internal.push;

import java.time.Duration;

/**
 * How the messages of a queue are pushed.
 *
 * @param concurrency how many its target has at a time
 * @param order what is kept in order
 * @param backoff how long to wait before another attempt
 * @param maxTime how long to try; zero for ever
 * @param maxAttempts how often to try; 0 for no limit
 */
public record PushRules(
    int concurrency, OrderingKey order, Backoff backoff, Duration maxTime, int maxAttempts) {

  /** What holds where nothing else is said. */
  public static final PushRules DEFAULT =
      new PushRules(
          1,
          OrderingKey.NONE,
          new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(60), 10),
          Duration.ofDays(30),
          0);

  /** How many threads a message may leave behind that do not come back, before it is given up. */
  static final int MAX_STUCK = 3;

  /** Whether what failed by a status may go well another time (RFC 9110, section 15.5). */
  private static boolean mayPass(int status) {
    return status >= 500 || status == 408 || status == 425 || status == 429;
  }

  /**
   * Whether a message that has failed is not tried again.
   *
   * @param now milliseconds since 1970
   */
  boolean isExhausted(PushedMessage message, long now) {
    StoredCall call = message.call();
    if (call != null
        && ((call.maxAttempts() > 0 && message.count() > call.maxAttempts())
            || !mayPass(message.cause().status()))) {
      return true;
    }
    long expiresAt = message.message().expiresAt();
    return (maxAttempts > 0 && message.count() > maxAttempts)
        || message.stuck() >= MAX_STUCK
        || (!maxTime.isZero() && now - message.triedSince() >= maxTime.toMillis())
        || (expiresAt > 0 && expiresAt <= now);
  }
}
