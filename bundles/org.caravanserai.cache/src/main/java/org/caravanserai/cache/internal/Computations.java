package org.caravanserai.cache.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/** The values of a cache that are being computed: each once, however many wait for it. */
final class Computations {

  private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

  /** One of them; it ends with the value as it is kept, or {@code null} if there is none. */
  static final class Running {

    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    private final Thread owner = Thread.currentThread();

    private Running() {}

    /** Waits until its value is kept, if that has begun. */
    private void awaitKeeping() {
      synchronized (this) {
        // Whoever keeps it holds this lock.
      }
    }

    /** It has failed. */
    void failed(Throwable failure) {
      result.completeExceptionally(failure);
    }

    /** It is done. */
    void done(@Nullable Object kept) {
      result.complete(kept);
    }

    /**
     * Waits for what another call computes.
     *
     * @param nanos how long at most
     */
    @Nullable Object await(String key, long nanos) {
      if (owner == Thread.currentThread()) {
        throw new IllegalStateException("The value of " + key + " is computed from itself");
      }
      try {
        return nanos == Long.MAX_VALUE ? result.get() : result.get(nanos, TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      } catch (TimeoutException e) {
        throw late(key, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw late(key, e);
      }
    }
  }

  private static ServiceException failure(@Nullable Throwable cause) {
    return cause instanceof ServiceException told
        // Anew, with the stack of who asked.
        ? new ServiceException(told.status(), told.details(), told, told.retryAfterSeconds())
        : new ServiceException(500, "Internal error", cause);
  }

  private static ServiceException late(String key, Exception cause) {
    return new ServiceException(504, "The value of " + key + " was not computed in time", cause);
  }

  /** Begins one, or finds the one that runs. */
  Running begin(String key, Running own) {
    Running other = running.putIfAbsent(key, own);
    return other == null ? own : other;
  }

  /** A computation of this thread, which has not begun. */
  static Running own() {
    return new Running();
  }

  /**
   * Ends one.
   *
   * @param keeping keeps its value; not run if the key was written or deleted in the meantime
   */
  void end(String key, Running own, Runnable keeping) {
    // Not in the table's own lock: other keys share that, and a store may wait for its network.
    synchronized (own) {
      if (running.get(key) == own) {
        keeping.run();
        running.remove(key, own);
      }
    }
  }

  /** The value that is being computed is not wanted any more but by those who wait. */
  void overtake(String key) {
    Running found = running.remove(key);
    if (found != null) {
      found.awaitKeeping();
    }
  }

  /** The same for all of these keys. */
  void overtake(Predicate<String> keys) {
    running.keySet().stream().filter(keys).forEach(this::overtake);
  }
}
