package org.caravanserai.camel.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The door of one Camel route: it counts who is inside, and can be shut for good. */
final class RouteEntrance {

  private static final long RETIRED = Long.MIN_VALUE;

  private final String id;
  private final AtomicLong inside = new AtomicLong();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile @Nullable ChannelConsumer consumer;

  /**
   * An entrance of a route that has not started.
   *
   * @param id the route's id
   */
  RouteEntrance(String id) {
    this.id = id;
  }

  /** The route's id. */
  String id() {
    return id;
  }

  /** The consumer that takes calls; {@code null} while the route is stopped or suspended. */
  @Nullable ChannelConsumer consumer() {
    return consumer;
  }

  /** Notes that the route takes calls. */
  void opened(ChannelConsumer started) {
    consumer = started;
  }

  /** Notes that the route takes no calls. */
  void closed() {
    consumer = null;
  }

  /** Goes in; {@code false} if the entrance is shut for good. */
  boolean enter() {
    if (inside.incrementAndGet() > 0) {
      return true;
    }
    leave();
    return false;
  }

  /** Goes out. */
  void leave() {
    if (inside.decrementAndGet() == RETIRED) {
      empty.complete(null);
    }
  }

  /** Shuts it for good, once. Completes when nobody is inside any more. */
  CompletionStage<Void> retire() {
    if (inside.addAndGet(RETIRED) == RETIRED) {
      empty.complete(null);
    }
    return empty;
  }
}
