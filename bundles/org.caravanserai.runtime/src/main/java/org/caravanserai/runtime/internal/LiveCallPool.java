package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Slot;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool that calls run on. */
@Component(service = CallPool.class, configurationPid = RuntimeSettings.PID)
public final class LiveCallPool implements CallPool {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCallPool.class);
  private static final String STOPPING = "The server is stopping";
  private static final int RETRY_SECONDS = 1;
  private static final long IDLE_SECONDS = 60;

  private final CallThreads threads = new CallThreads();
  private final ThreadPoolExecutor executor;
  private final ScheduledThreadPoolExecutor clock = Clocks.make("serai-call-sweeper");
  private final Set<Bulkhead> bulkheads = ConcurrentHashMap.newKeySet();
  private final Set<PoolTask> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inPool = new AtomicInteger();
  private final AtomicInteger stuck = new AtomicInteger();
  private volatile PoolSizes sizes;
  private volatile long stopMillis;
  private Future<?> sweeping;

  /** Makes the pool; its threads come when they are needed. */
  @Activate
  public LiveCallPool(RuntimeSettings settings) {
    sizes = PoolSizes.of(settings);
    stopMillis = settings.stop__timeout();
    executor =
        new ThreadPoolExecutor(
            sizes.threads(),
            sizes.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads);
    executor.allowCoreThreadTimeOut(true);
    sweeping = sweepEvery(settings.sweep__interval());
  }

  /** Takes other sizes. */
  @Modified
  public synchronized void modified(RuntimeSettings changed) {
    sizes = PoolSizes.of(changed);
    stopMillis = changed.stop__timeout();
    resize();
    sweeping.cancel(false);
    sweeping = sweepEvery(changed.sweep__interval());
  }

  /** Waits for the calls that are in the pool, for a limited time, and ends its threads. */
  @Deactivate
  public void deactivate() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(stopMillis, TimeUnit.MILLISECONDS)) {
        LOG.warn("{} calls had not ended when the pool stopped", inPool.get());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    clock.shutdown();
    forEachTask(PoolTask::expire);
    executor.shutdownNow();
    threads.close();
  }

  @Override
  public void submit(Slot slot, Duration timeout, PooledCall call) throws BusyException {
    if (executor.isShutdown()) {
      throw new BusyException(STOPPING, RETRY_SECONDS);
    }
    LiveSlot place = (LiveSlot) slot;
    Bulkhead bulkhead = place.bulkhead();
    PoolSizes now = sizes;
    if (!bulkhead.admit(now.placeShare())) {
      place.counters().rejected();
      throw new BusyException(
          "Service " + place.name() + " has as many calls waiting as it may have", RETRY_SECONDS);
    }
    if (inPool.incrementAndGet() > now.places() + Math.min(stuck(), now.maxStuck())) {
      release(place);
      throw new BusyException("The server has as many calls waiting as it may have", RETRY_SECONDS);
    }
    PoolTask task = new PoolTask(this, place, call, System.nanoTime() + timeout.toNanos());
    call.accepted(task);
    PoolTask first = bulkhead.beginOrWait(task, now.threadShare());
    if (first != task) {
      bulkheads.add(bulkhead);
    }
    if (first != null && !begin(first)) {
      if (first == task) {
        throw new BusyException(STOPPING, RETRY_SECONDS);
      }
      first.expire();
    }
  }

  private boolean begin(PoolTask task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException stopping) {
      finished(task);
      return false;
    }
  }

  /** A task has given its thread back; the next of its service may have it. */
  void finished(PoolTask task) {
    Bulkhead bulkhead = task.slot().bulkhead();
    bulkhead.threadFree();
    release(task.slot());
    PoolTask next = bulkhead.next(sizes.threadShare());
    if (next != null && !begin(next)) {
      next.expire();
    }
  }

  /** A task need not run any more: takes it out of wherever it waits. */
  void drop(PoolTask task) {
    if (task.slot().bulkhead().waiting().remove(task)) {
      release(task.slot());
    } else if (executor.remove(task)) {
      finished(task);
    }
  }

  /** A task has returned before its call ended. */
  void open(PoolTask task) {
    open.add(task);
  }

  /** A thread stays inside a call whose time ran out. */
  void stuck(LiveSlot slot) {
    slot.counters().stuck();
    stuck.incrementAndGet();
    resize();
  }

  /** Such a thread has returned. */
  void unstuck(LiveSlot slot) {
    slot.counters().unstuck();
    stuck.decrementAndGet();
    resize();
  }

  private void release(LiveSlot slot) {
    slot.bulkhead().leave();
    inPool.decrementAndGet();
  }

  private synchronized void resize() {
    int size = sizes.threads() + Math.min(stuck(), sizes.maxStuck());
    if (size > executor.getMaximumPoolSize()) {
      executor.setMaximumPoolSize(size);
      executor.setCorePoolSize(size);
    } else {
      executor.setCorePoolSize(size);
      executor.setMaximumPoolSize(size);
    }
  }

  private Future<?> sweepEvery(long millis) {
    return clock.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      long now = System.nanoTime();
      open.removeIf(PoolTask::hasEnded);
      forEachTask(task -> task.sweep(now));
    } catch (RuntimeException fault) {
      LOG.error("Looking for calls whose time is up failed", fault);
    }
  }

  private void forEachTask(Consumer<PoolTask> action) {
    threads.forEach(
        thread -> {
          PoolTask task = thread.task();
          if (task != null) {
            action.accept(task);
          }
        });
    executor.getQueue().forEach(task -> action.accept((PoolTask) task));
    bulkheads.forEach(bulkhead -> bulkhead.waiting().forEach(action));
    open.forEach(action);
  }

  /** How many threads there are for calls that are not stuck. */
  int threads() {
    return sizes.threads();
  }

  /** How many threads are inside a call. */
  int active() {
    return executor.getActiveCount();
  }

  /** How many calls wait for a thread. */
  int queued() {
    return Math.max(0, inPool.get() - executor.getActiveCount());
  }

  /** How many threads are inside calls whose time ran out. */
  int stuck() {
    // A thread may be said to be free before it is said to be stuck.
    return Math.max(0, stuck.get());
  }
}
