package org.caravanserai.deploy.internal.compile;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work on a thread with a deep stack, and gives it up when it takes too long. */
final class TimeLimit implements AutoCloseable {

  /** Enough for expressions a few thousand levels deep. */
  private static final long STACK_BYTES = 8L << 20;

  private final String threadName;
  private final Duration limit;
  private ExecutorService thread;

  /** Says that the work was given up. */
  static final class ExceededException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String limit;

    ExceededException(Duration limit) {
      this.limit = limit.toMillis() + " ms";
    }

    /** The limit, in words. */
    String limit() {
      return limit;
    }
  }

  TimeLimit(String threadName, Duration limit) {
    this.threadName = threadName;
    this.limit = limit;
    this.thread = newThread();
  }

  /** The same for a thread of another name. */
  TimeLimit beside(String otherName) {
    return new TimeLimit(otherName, limit);
  }

  /**
   * Runs the work and waits for it.
   *
   * @throws ExceededException if it was given up; it is interrupted, and goes on without an
   *     audience if it does not heed that
   */
  <T> T run(Callable<T> work) throws RejectedException, ExceededException {
    // A result that is there at once would be handed out to an interrupted caller as well.
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted", new InterruptedException());
    }
    Future<T> result;
    ExecutorService used;
    synchronized (this) {
      used = thread;
      result = used.submit(work);
    }
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      replace(used);
      throw new ExceededException(limit);
    } catch (InterruptedException e) {
      replace(used);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RejectedException rejected) {
        throw rejected;
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    }
  }

  private synchronized void replace(ExecutorService given) {
    given.shutdownNow();
    if (thread == given) {
      thread = newThread();
    }
  }

  private ExecutorService newThread() {
    return new ThreadPoolExecutor(
        0,
        1,
        60,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        work -> {
          Thread made = new Thread(null, work, threadName, STACK_BYTES);
          made.setDaemon(true);
          return made;
        });
  }

  @Override
  public synchronized void close() {
    thread.shutdownNow();
  }
}
