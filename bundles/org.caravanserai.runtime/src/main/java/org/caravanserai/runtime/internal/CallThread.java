package org.caravanserai.runtime.internal;

import org.jspecify.annotations.Nullable;

/** A thread of the pool: what it is working on. */
final class CallThread extends Thread {

  private static final int NOT_BEGUN = -1;

  /** Ends a thread of the pool, which then makes another in its place. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("the thread ends as it may hold what is gone", null, false, false);
    }
  }

  private int sweeps = NOT_BEGUN;
  private volatile @Nullable PoolTask task;
  private volatile @Nullable Invocation invocation;

  CallThread(Runnable work, String name) {
    super(work, name);
    setDaemon(true);
    setContextClassLoader(CallThread.class.getClassLoader());
  }

  /** Notes what has been swept away when it begins to work. */
  void beginIn(Leftovers leftovers) {
    if (sweeps == NOT_BEGUN) {
      sweeps = leftovers.sweeps();
    }
  }

  /**
   * Ends the thread, and with it its thread locals, if revisions have gone since it began.
   *
   * @throws Ended caught where the thread is made
   */
  void endIfOlderThan(Leftovers leftovers) {
    if (sweeps != leftovers.sweeps()) {
      throw new Ended();
    }
  }

  @Nullable PoolTask task() {
    return task;
  }

  void work(@Nullable PoolTask next) {
    task = next;
  }

  @Nullable Invocation invocation() {
    return invocation;
  }

  @Nullable Invocation enter(Invocation next) {
    Invocation before = invocation;
    invocation = next;
    return before;
  }

  void leave(@Nullable Invocation before) {
    invocation = before;
  }
}
