package org.caravanserai.security.internal.limit;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import org.caravanserai.security.RateDecision;
import org.caravanserai.security.RateDecision.Outcome;
import org.caravanserai.security.TimeRange;
import org.jspecify.annotations.Nullable;

/** A time range in operation, with its counters. */
final class Quota {

  private final DayTimes times;
  private final String owner;
  private final boolean disabled;
  private final boolean disallowed;
  private final @Nullable FixedWindow window;
  private final @Nullable TokenBucket bucket;
  private final String windowPolicy;
  private final String bucketPolicy;

  /**
   * A range whose counters are zero.
   *
   * @throws IllegalArgumentException if it makes no sense; the message says why
   */
  Quota(TimeRange range, String owner, Clock clock) {
    times = DayTimes.of(range);
    this.owner = owner;
    disabled = range.disabled();
    disallowed = range.disallowed();
    long limit = range.limit().orElse(0L);
    double rate = range.rate().orElse(0.0);
    if (disabled && disallowed) {
      throw new IllegalArgumentException("can't be both disabled and disallowed");
    }
    if (!disabled && !disallowed && limit == 0 && rate == 0) {
      throw new IllegalArgumentException("needs limit, rate, disabled or disallowed");
    }
    if (rate == 0 && range.burst().isPresent()) {
      throw new IllegalArgumentException("burst makes no sense without rate");
    }
    if (rate > 0 && (rate < 1e-6 || rate > 1e6)) {
      throw new IllegalArgumentException("rate must be 0.000001 to 1000000 requests a second");
    }
    boolean counts = !disabled && !disallowed;
    window = counts && limit > 0 ? new FixedWindow(limit, range.limitUnit(), clock) : null;
    long burst = range.burst().orElseGet(() -> Math.max((long) Math.ceil(rate), 1));
    bucket = counts && rate > 0 ? new TokenBucket(rate, burst, clock) : null;
    windowPolicy = window == null ? "" : policy(window.limit(), window.seconds());
    bucketPolicy = bucket == null ? "" : policy(bucket.burst(), bucket.seconds());
  }

  private String policy(long quantity, long seconds) {
    return "\"" + owner + "\";q=" + quantity + ";w=" + seconds;
  }

  /** Whether it holds at a minute of the day. */
  boolean holdsAt(int minute) {
    return times.has(minute);
  }

  /** Counts a request; {@code null} if nothing limits it. */
  @Nullable RateDecision take() {
    if (disabled) {
      return null;
    }
    if (disallowed) {
      return new RateDecision(Outcome.DISALLOWED, owner, "", 0, 0, 0);
    }
    long left = window == null ? Long.MAX_VALUE : window.take();
    if (window != null && (left < 0 || bucket == null)) {
      return new RateDecision(
          left < 0 ? Outcome.LIMITED : Outcome.ALLOWED,
          owner,
          windowPolicy,
          window.limit(),
          Math.max(left, 0),
          window.resetSeconds());
    }
    if (bucket == null) {
      return null;
    }
    ConsumptionProbe probe = bucket.take();
    if (!probe.isConsumed() && window != null) {
      window.giveBack();
    }
    if (probe.isConsumed() && window != null && left < probe.getRemainingTokens()) {
      return new RateDecision(
          Outcome.ALLOWED, owner, windowPolicy, window.limit(), left, window.resetSeconds());
    }
    return new RateDecision(
        probe.isConsumed() ? Outcome.ALLOWED : Outcome.LIMITED,
        owner,
        bucketPolicy,
        bucket.burst(),
        probe.getRemainingTokens(),
        TokenBucket.resetSeconds(probe));
  }

  /** Sets its counters to zero. */
  void clear() {
    if (window != null) {
      window.clear();
    }
    if (bucket != null) {
      bucket.clear();
    }
  }
}
