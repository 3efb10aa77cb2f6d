package org.caravanserai.runtime.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The door of a revision: counts who is inside, lets nobody in once it is closed, and tells when
 * the last one has left.
 *
 * <p>The sign bit says closed, the one below it that this is only for a while, the others count.
 */
final class Gate {

  private static final long CLOSED = Long.MIN_VALUE;
  private static final long HELD = 1L << 62;

  private final AtomicLong state = new AtomicLong();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  /** Goes in, if it is open. Whoever got in calls {@link #exit} once. */
  boolean enter() {
    if (state.getAndIncrement() >= 0) {
      return true;
    }
    exit();
    return false;
  }

  /**
   * Counts somebody more, for whom one that is inside stands; needs an {@link #exit} of its own.
   */
  void stay() {
    state.incrementAndGet();
  }

  /** Goes out. */
  void exit() {
    if (state.decrementAndGet() == Long.MIN_VALUE) {
      drained.complete(null);
    }
  }

  /** Lets nobody in any more. Closing again does nothing. */
  void close() {
    if (state.updateAndGet(now -> (now | CLOSED) & ~HELD) == CLOSED) {
      drained.complete(null);
    }
  }

  /** Lets nobody in until {@link #release}, unless it is closed for good. */
  void hold() {
    state.updateAndGet(now -> now < 0 ? now : now | CLOSED | HELD);
  }

  /** Lets callers in again, if it was held. */
  void release() {
    state.updateAndGet(now -> (now & HELD) == 0 ? now : now & ~(CLOSED | HELD));
  }

  /** Whether it is closed for good. */
  boolean isClosed() {
    return (state.get() & (CLOSED | HELD)) == CLOSED;
  }

  /** How many are inside. */
  long inside() {
    return state.get() & (HELD - 1);
  }

  /** Completes when it is closed and nobody is inside any more. */
  CompletionStage<Void> drained() {
    return drained;
  }
}
