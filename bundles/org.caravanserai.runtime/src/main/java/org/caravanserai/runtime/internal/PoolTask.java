package org.caravanserai.runtime.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.runtime.PooledCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call on its way through the pool. Its state decides between the thread that runs it and the
 * sweeper that ends it, so that an interrupt never hits the next call on that thread.
 */
final class PoolTask extends AtomicInteger implements Runnable, PooledCall.Place {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PoolTask.class);

  private static final int QUEUED = 0;
  private static final int RUNNING = 1;
  private static final int RETURNED = 2;
  private static final int EXPIRING = 3;
  private static final int EXPIRED = 4;

  private final transient LiveCallPool pool;
  private final transient LiveSlot slot;
  private final transient PooledCall call;
  private final long deadline;
  private transient volatile @Nullable CallThread thread;
  private transient volatile @Nullable Queue<OpenStage> stages;

  PoolTask(LiveCallPool pool, LiveSlot slot, PooledCall call, long deadline) {
    this.pool = pool;
    this.slot = slot;
    this.call = call;
    this.deadline = deadline;
  }

  /** The task that the current thread runs, if it is one of the pool. */
  static @Nullable PoolTask current() {
    return Thread.currentThread() instanceof CallThread own ? own.task() : null;
  }

  LiveSlot slot() {
    return slot;
  }

  boolean hasEnded() {
    return call.hasEnded();
  }

  /** How long its caller still waits, in nanoseconds. */
  long nanosLeft() {
    return Math.max(deadline - System.nanoTime(), 0);
  }

  boolean hasExpired() {
    return get() >= EXPIRING;
  }

  @Override
  public void run() {
    CallThread here = (CallThread) Thread.currentThread();
    thread = here;
    here.beginIn(slot.leftovers());
    here.work(this);
    try {
      if (compareAndSet(QUEUED, RUNNING)) {
        runCall();
        returned();
      }
    } finally {
      here.work(null);
      thread = null;
      // An interrupt, whoever sent it, was meant for this call only.
      Thread.interrupted();
      pool.finished(this);
    }
    here.endIfOlderThan(slot.leftovers());
  }

  private void runCall() {
    try {
      if (!call.hasEnded()) {
        call.begin();
      }
    } catch (Throwable fault) {
      LOG.error("A call of {} broke its promise not to throw", slot.name(), fault);
    }
  }

  private void returned() {
    if (compareAndSet(RUNNING, RETURNED)) {
      if (!call.hasEnded()) {
        pool.open(this);
      }
      return;
    }
    while (get() == EXPIRING) {
      Thread.onSpinWait();
    }
    pool.unstuck(slot);
  }

  /** Ends the call with the task if its time ran out before the stage completes. */
  void await(OpenStage stage) {
    Queue<OpenStage> known = stages;
    if (known == null) {
      synchronized (this) {
        known = stages;
        if (known == null) {
          known = new ConcurrentLinkedQueue<>();
          stages = known;
        }
      }
    }
    known.add(stage);
    if (get() == EXPIRED) {
      endStages();
    }
  }

  /** Answers that the time is up, if it is and nobody has answered; from the sweeper only. */
  void sweep(long now) {
    if (now - deadline >= 0) {
      expire();
    }
  }

  @Override
  public void expire() {
    if (!call.end()) {
      return;
    }
    if (compareAndSet(QUEUED, EXPIRED)) {
      pool.drop(this);
    } else if (compareAndSet(RUNNING, EXPIRING)) {
      // Its thread can't leave the task before the state is EXPIRED.
      CallThread busy = thread;
      if (busy != null) {
        busy.interrupt();
      }
      set(EXPIRED);
      pool.stuck(slot);
      tell(busy);
    } else {
      set(EXPIRED);
    }
    try {
      call.expire();
    } catch (RuntimeException fault) {
      LOG.error("A call of {} broke its promise not to throw", slot.name(), fault);
    }
    endStages();
  }

  private void tell(@Nullable CallThread busy) {
    Invocation inside = busy == null ? null : busy.invocation();
    slot.logger()
        .warn(
            "{}: no answer in time, {} was interrupted",
            inside == null ? "?" : inside.cid(),
            busy == null ? "?" : busy.getName());
  }

  private void endStages() {
    Queue<OpenStage> open = stages;
    if (open != null) {
      for (OpenStage stage = open.poll(); stage != null; stage = open.poll()) {
        stage.timeRanOut();
      }
    }
  }
}
