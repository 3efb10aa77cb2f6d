package org.caravanserai.runtime.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.caravanserai.api.Channel;
import org.caravanserai.runtime.LastFailure;
import org.caravanserai.runtime.RecentCaller;
import org.jspecify.annotations.Nullable;

/** What is counted of a service, through all its revisions. */
final class Counters {

  private static final long NANOS_PER_MICRO = 1000;

  private final Durations durations = new Durations();
  private final LongAdder failures = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final AtomicLong stuck = new AtomicLong();
  private final Callers callers = new Callers();
  private @Nullable RecentCalls recent;
  private long failuresSeen;
  private long rejectedSeen;
  private volatile double callsPerSecond;
  private volatile long p95Micros;
  private volatile @Nullable LastFailure lastFailure;

  /**
   * A call has ended.
   *
   * @param channel the way by which it came
   */
  void ended(long durationNanos, boolean failed, Channel channel) {
    durations.add(durationNanos);
    nanos.add(durationNanos);
    callers.called(channel);
    if (failed) {
      failures.increment();
    }
  }

  /** Why a call has failed. */
  void failed(LastFailure failure) {
    lastFailure = failure;
  }

  /**
   * Looks what has happened since the last time; by one thread only.
   *
   * @param seconds how long ago that was
   * @param look gets what it was
   */
  void look(double seconds, Look look) {
    look.clear();
    callers.lookAgain();
    long failuresNow = failures.sum();
    long rejectedNow = rejected.sum();
    look.failed(failuresNow - failuresSeen);
    look.rejected(rejectedNow - rejectedSeen);
    failuresSeen = failuresNow;
    rejectedSeen = rejectedNow;
    RecentCalls known = recent;
    if (known == null) {
      if (calls() == 0) {
        return;
      }
      known = new RecentCalls();
      recent = known;
    }
    known.look(durations, seconds, look);
    callsPerSecond = known.callsPerSecond();
    p95Micros = Math.round(known.percentile(0.95) / NANOS_PER_MICRO);
  }

  /** Calls a second, lately. */
  double callsPerSecond() {
    return callsPerSecond;
  }

  /** What 95 of 100 calls did not take longer than, lately; 0 if there were none. */
  long p95Micros() {
    return p95Micros;
  }

  Optional<LastFailure> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Who has called lately. */
  List<RecentCaller> callers() {
    return callers.list();
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
    return durations.total();
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
    long ended = calls();
    return ended == 0 ? 0 : nanos.sum() / ended / NANOS_PER_MICRO;
  }
}
