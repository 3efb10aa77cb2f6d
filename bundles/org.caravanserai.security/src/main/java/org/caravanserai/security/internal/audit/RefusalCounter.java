package org.caravanserai.security.internal.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Says which refusals get a record of their own, so that a flood of them fills no disk. */
final class RefusalCounter {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final int single;
  private final Ticker ticker;
  private long began;
  private int seen;

  /**
   * Begins to count.
   *
   * @param single how many a minute get a record of their own
   */
  RefusalCounter(int single, Ticker ticker) {
    this.single = single;
    this.ticker = ticker;
    this.began = ticker.read();
  }

  /**
   * Counts one.
   *
   * @param untold how many had no record in the minute that ended with this one, if one ended
   * @param isSingle whether this one gets a record
   */
  record Answer(int untold, boolean isSingle) {}

  synchronized Answer count() {
    int untold = 0;
    if (ticker.read() - began >= MINUTE) {
      untold = Math.max(0, seen - single);
      began = ticker.read();
      seen = 0;
    }
    seen++;
    return new Answer(untold, seen <= single);
  }

  /** How many had no record since the minute began; they are told now. */
  synchronized int rest() {
    int untold = Math.max(0, seen - single);
    seen = Math.min(seen, single);
    return untold;
  }
}
