package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the code of services that no caller waits for on threads of its own, within a time. */
final class Aside {

  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

  private final ScheduledExecutorService clock;
  private final AtomicLong threads = new AtomicLong();

  Aside(ScheduledExecutorService clock) {
    this.clock = clock;
  }

  /**
   * Runs something on a fresh daemon thread.
   *
   * @param loader the thread's context class loader
   * @param limit the time it may take; then the thread is interrupted and left alone
   * @return what comes of it, or a {@link TimeoutException}
   */
  <T> CompletableFuture<T> run(
      @Nullable ClassLoader loader, Duration limit, Callable<? extends T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> run(work, result), "serai-aside-" + threads.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    Future<?> end =
        clock.schedule(() -> giveUp(thread, result), limit.toNanos(), TimeUnit.NANOSECONDS);
    return result.whenComplete((any, failure) -> end.cancel(false));
  }

  private static <T> void run(Callable<? extends T> work, CompletableFuture<T> result) {
    try {
      T value = work.call();
      if (!result.complete(value) && value instanceof AutoCloseable late) {
        late.close();
      }
    } catch (Throwable failure) {
      if (!result.completeExceptionally(failure)) {
        LOG.debug("Failed after its time was up", failure);
      }
    }
  }

  private static void giveUp(Thread thread, CompletableFuture<?> result) {
    if (result.completeExceptionally(new TimeoutException())) {
      thread.interrupt();
    }
  }
}
