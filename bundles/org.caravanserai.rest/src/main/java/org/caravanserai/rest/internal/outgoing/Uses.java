package org.caravanserai.rest.internal.outgoing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses something, and lets go of it once it is retired and nobody uses it any more.
 *
 * <p>The sign bit says retired, the other bits count.
 */
final class Uses {

  private final AtomicInteger state = new AtomicInteger();
  private final Runnable letGo;

  /**
   * In nobody's use yet.
   *
   * @param letGo called once, by whoever leaves last
   */
  Uses(Runnable letGo) {
    this.letGo = letGo;
  }

  /** Begins to use it; {@code false} if it is retired. Whoever began calls {@link #exit} once. */
  boolean enter() {
    int now = state.get();
    while (now >= 0) {
      if (state.compareAndSet(now, now + 1)) {
        return true;
      }
      now = state.get();
    }
    return false;
  }

  /** Ends to use it. */
  void exit() {
    if (state.decrementAndGet() == Integer.MIN_VALUE) {
      letGo.run();
    }
  }

  /** Lets nobody begin to use it any more. To be called once. */
  void retire() {
    if (state.getAndUpdate(now -> now | Integer.MIN_VALUE) == 0) {
      letGo.run();
    }
  }
}
