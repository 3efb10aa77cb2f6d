package org.caravanserai.runtime.internal;

import com.fasterxml.jackson.databind.type.TypeFactory;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the code of services leaves outside of them and what would keep the classes of a revision
 * that is gone: thread locals in the threads of the pool, and the cache of types that all Jackson
 * mappers share unless told otherwise. It is swept soon after revisions have gone, for all of them
 * at once.
 */
final class Leftovers {

  private static final long DELAY_MILLIS = 1_000;

  private final ScheduledExecutorService clock;
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile int sweeps;

  Leftovers(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  /** A revision has gone. */
  void sweepSoon() {
    if (!planned.getAndSet(true) && !clock.isShutdown()) {
      Future<?> unused = clock.schedule(this::sweep, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the clock has one thread
  private void sweep() {
    planned.set(false);
    TypeFactory.defaultInstance().clearCache();
    sweeps++;
  }

  /** How often it has been swept: a thread that began to work before the last time is to end. */
  int sweeps() {
    return sweeps;
  }
}
