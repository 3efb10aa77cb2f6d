package org.caravanserai.security.internal.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Clock;
import java.time.Duration;

/** Lets so many requests in at once, and so many a second in the long run. */
final class TokenBucket {

  private static final long NANOS = 1_000_000_000L;

  private final Bucket bucket;
  private final double rate;
  private final long burst;

  TokenBucket(double rate, long burst, Clock clock) {
    this.rate = rate;
    this.burst = burst;
    this.bucket =
        Bucket.builder()
            .addLimit(refill(rate, burst))
            .withCustomTimePrecision(new WallClock(clock))
            .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
            .build();
  }

  private static Bandwidth refill(double rate, long burst) {
    // Whole tokens in whole nanoseconds: rates below one a second are one token in a longer time.
    long tokens = Math.max(Math.round(rate), 1);
    long nanos = Math.max(Math.round(tokens * (NANOS / rate)), 1);
    return Bandwidth.builder()
        .capacity(burst)
        .refillGreedy(tokens, Duration.ofNanos(nanos))
        .build();
  }

  /** Counts a request. */
  ConsumptionProbe take() {
    return bucket.tryConsumeAndReturnRemaining(1);
  }

  long burst() {
    return burst;
  }

  /** How long it takes to fill it, in seconds. */
  long seconds() {
    return Math.max((long) Math.ceil(burst / rate), 1);
  }

  /** In how many seconds a request will be let in again; at least 1. */
  static long resetSeconds(ConsumptionProbe probe) {
    return Math.max((probe.getNanosToWaitForRefill() + NANOS - 1) / NANOS, 1);
  }

  void clear() {
    bucket.reset();
  }

  private record WallClock(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
