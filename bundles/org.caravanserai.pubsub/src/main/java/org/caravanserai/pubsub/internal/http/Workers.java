package org.caravanserai.pubsub.internal.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which the REST interface calls the broker, which may write to the disk. */
final class Workers implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;
  private final int backlog;

  /**
   * Threads that come with the work.
   *
   * @param backlog how much work of new calls may wait
   */
  Workers(int threads, int backlog) {
    this.backlog = backlog;
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("pubsub-rest"));
    pool.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, named("pubsub-timer"));
    timer.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Whether so much waits that a new call is better refused. */
  boolean areBusy() {
    return pool.getQueue().size() >= backlog;
  }

  @Override
  public void execute(Runnable work) {
    if (pool.isShutdown()) {
      return;
    }
    try {
      pool.execute(() -> run(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("The server stops: a caller gets no answer", e);
    }
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("Work for a caller of publish/subscribe failed", e);
    }
  }

  /** Does something later; it must be short. */
  void later(long millis, Runnable work) {
    ScheduledFuture<?> unused = timeout(millis, work);
  }

  /** The same, for who may not want it any more then. */
  ScheduledFuture<?> timeout(long millis, Runnable work) {
    return timer.schedule(() -> run(work), millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdown();
  }
}
