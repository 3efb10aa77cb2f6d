package org.caravanserai.runtime.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The door of a revision: counts who is inside, lets nobody in once it is closed, and tells when
 * the last one has left.
 *
 * <p>The sign bit says closed, the other bits count.
 */
final class Gate {

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
    if (state.getAndUpdate(now -> now | Long.MIN_VALUE) == 0) {
      drained.complete(null);
    }
  }

  boolean isClosed() {
    return state.get() < 0;
  }

  /** How many are inside. */
  long inside() {
    return state.get() & Long.MAX_VALUE;
  }

  /** Completes when it is closed and nobody is inside any more. */
  CompletionStage<Void> drained() {
    return drained;
  }
}
