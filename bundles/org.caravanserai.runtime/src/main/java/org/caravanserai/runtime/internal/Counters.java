package org.caravanserai.runtime.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a service, through all its revisions. */
final class Counters {

  private static final long NANOS_PER_MICRO = 1000;

  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final AtomicLong stuck = new AtomicLong();

  void ended(long durationNanos, boolean failed) {
    calls.increment();
    nanos.add(durationNanos);
    if (failed) {
      failures.increment();
    }
  }

  void rejected() {
    rejected.increment();
  }

  void stuck() {
    stuck.incrementAndGet();
  }

  void unstuck() {
    stuck.decrementAndGet();
  }

  long calls() {
    return calls.sum();
  }

  long failures() {
    return failures.sum();
  }

  long rejections() {
    return rejected.sum();
  }

  long stuckNow() {
    return Math.max(0, stuck.get());
  }

  double busySeconds() {
    return (double) nanos.sum() / TimeUnit.SECONDS.toNanos(1);
  }

  long meanMicros() {
    long ended = calls.sum();
    return ended == 0 ? 0 : nanos.sum() / ended / NANOS_PER_MICRO;
  }
}
