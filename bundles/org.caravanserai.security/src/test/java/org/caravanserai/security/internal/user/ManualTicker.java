package org.caravanserai.security.internal.user;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to go on. */
final class ManualTicker implements Ticker {

  private final AtomicLong now = new AtomicLong(1);

  void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Override
  public long read() {
    return now.get();
  }
}
