package org.caravanserai.cache.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is turned. */
public final class Hand implements Ticker {

  private final AtomicLong nanos = new AtomicLong(1_000_000_000);

  @Override
  public long read() {
    return nanos.get();
  }

  /** Time goes by. */
  public void turn(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
