package org.caravanserai.runtime.internal;

import org.jspecify.annotations.Nullable;

/** A thread of the pool: what it is working on. */
final class CallThread extends Thread {

  private volatile @Nullable PoolTask task;
  private volatile @Nullable Invocation invocation;

  CallThread(Runnable work, String name) {
    super(work, name);
    setDaemon(true);
    setContextClassLoader(CallThread.class.getClassLoader());
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
