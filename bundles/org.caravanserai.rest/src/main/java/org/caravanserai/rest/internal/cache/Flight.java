package org.caravanserai.rest.internal.cache;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.caravanserai.http.TrafficExchange;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service, and the requests that wait for its answer without a thread. Whoever makes
 * the call tells what became of it, exactly once.
 */
public final class Flight {

  private final ChannelCache cache;
  private final CacheKey key;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean isKept;
  private boolean hasLanded;

  Flight(ChannelCache cache, CacheKey key, boolean isKept) {
    this.cache = cache;
    this.key = key;
    this.isKept = isKept;
  }

  /** A request that waits. */
  private static final class Waiting {

    private final CachedRequest request;
    private final long since = System.nanoTime();
    private @Nullable ScheduledFuture<?> end;

    Waiting(CachedRequest request) {
      this.request = request;
    }

    /** What is left of the time that its service may take. */
    Duration timeLeft() {
      Duration left = request.timeout().minusNanos(System.nanoTime() - since);
      return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
    }

    void stopWaiting() {
      if (end != null) {
        end.cancel(false);
      }
    }
  }

  /** Lets a request wait; {@code false} if the answer has been given already. */
  synchronized boolean join(CachedRequest request) {
    if (hasLanded) {
      return false;
    }
    Waiting waiter = new Waiting(request);
    waiting.add(waiter);
    waiter.end = cache.later(() -> giveUp(waiter), patience(request).toNanos());
    isKept = true;
    return true;
  }

  private Duration patience(CachedRequest request) {
    Duration longest = cache.policy().coalesceTimeout();
    return longest.compareTo(request.timeout()) < 0 ? longest : request.timeout();
  }

  private void giveUp(Waiting waiter) {
    synchronized (this) {
      if (!waiting.remove(waiter)) {
        return;
      }
    }
    waiter.request.start(waiter.timeLeft(), null);
  }

  /**
   * Answers the request that made the call, and all that wait for it.
   *
   * @param answer what the service answered; kept if it may be
   * @param ended as for {@link TrafficExchange#answer}
   */
  public void answered(TrafficExchange exchange, ServiceAnswer answer, Runnable ended) {
    CachedAnswer made = cache.answer(answer);
    if (answer.isForMany(cache.policy())) {
      List<Waiting> all = land(made);
      made.answer(exchange, "miss", 0, ended);
      for (Waiting waiter : all) {
        made.answer(waiter.request.exchange(), "coalesced", 0, () -> {});
      }
    } else {
      released();
      made.answer(exchange, "miss", 0, ended);
    }
  }

  /** Lets the next one that waits try. */
  public void failed() {
    Waiting next;
    synchronized (this) {
      next = waiting.poll();
    }
    if (next == null) {
      released();
    } else {
      next.stopWaiting();
      next.request.start(next.timeLeft(), this);
    }
  }

  /** Lets all that wait make calls of their own: this one has no answer for them. */
  public void released() {
    for (Waiting waiter : land(null)) {
      waiter.request.start(waiter.timeLeft(), null);
    }
  }

  private List<Waiting> land(@Nullable CachedAnswer answer) {
    List<Waiting> all;
    synchronized (this) {
      hasLanded = true;
      all = new ArrayList<>(waiting);
      waiting.clear();
      if (answer != null && isKept) {
        cache.keep(key, answer);
      }
      cache.landed(key, this);
    }
    all.forEach(Waiting::stopWaiting);
    return all;
  }
}
