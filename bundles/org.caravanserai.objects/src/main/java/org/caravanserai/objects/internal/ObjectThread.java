package org.caravanserai.objects.internal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which objects change. */
final class ObjectThread {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectThread.class);

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  ObjectThread() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "serai-objects");
              created.setDaemon(true);
              thread = created;
              return created;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something there and waits for its result. */
  <T> T call(Supplier<T> task) {
    if (isCurrent()) {
      return task.get();
    }
    try {
      return executor.submit(task::get).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while objects change", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw new IllegalStateException("objects could not be changed", e.getCause());
    }
  }

  /** Does something there and waits for its end, but not longer than a while. */
  void call(Runnable task, Duration longest) {
    if (isCurrent()) {
      task.run();
      return;
    }
    try {
      Future<?> future = executor.submit(logged(task));
      future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("No objects are left to change", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("Objects are still changing after {} s", longest.toSeconds());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Does something there, soon. */
  void run(Runnable task) {
    executor.execute(logged(task));
  }

  /** Does something there, after a while. */
  Future<?> later(Duration delay, Runnable task) {
    return executor.schedule(logged(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does something there again and again, with a pause between. */
  Future<?> every(Duration pause, Runnable task) {
    return executor.scheduleWithFixedDelay(
        logged(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes no more to do; what is waiting is done, what is for later is not. */
  void end() {
    executor.shutdown();
  }

  private boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | LinkageError e) {
        LOG.error("A change of objects failed", e);
      }
    };
  }
}
