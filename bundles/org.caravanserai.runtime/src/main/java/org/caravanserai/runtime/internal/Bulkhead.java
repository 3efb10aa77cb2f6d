package org.caravanserai.runtime.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one service holds of the pool: places, and among them threads. */
final class Bulkhead {

  private final AtomicInteger places = new AtomicInteger();
  private final AtomicInteger threads = new AtomicInteger();
  private final Queue<PoolTask> waiting = new ConcurrentLinkedQueue<>();

  /** Takes a place, if the service holds fewer than its share. */
  boolean admit(int share) {
    if (places.incrementAndGet() <= share) {
      return true;
    }
    places.decrementAndGet();
    return false;
  }

  /** Gives a place back. */
  void leave() {
    places.decrementAndGet();
  }

  /** The task to begin now: this one if there is a thread for it, else it has to wait. */
  @Nullable PoolTask beginOrWait(PoolTask task, int share) {
    if (waiting.isEmpty() && takeThread(share)) {
      return task;
    }
    waiting.add(task);
    return next(share);
  }

  /** Gives a thread back. */
  void threadFree() {
    threads.decrementAndGet();
  }

  /** The next of those that wait, with a thread taken for it; {@code null} if none may begin. */
  @Nullable PoolTask next(int share) {
    while (!waiting.isEmpty() && takeThread(share)) {
      PoolTask next = waiting.poll();
      if (next != null) {
        return next;
      }
      threads.decrementAndGet();
    }
    return null;
  }

  /** Those that wait for one of the service's threads. */
  Queue<PoolTask> waiting() {
    return waiting;
  }

  private boolean takeThread(int share) {
    for (int now = threads.get(); now < share; now = threads.get()) {
      if (threads.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }
}
