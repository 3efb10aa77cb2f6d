package org.caravanserai.routes.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.caravanserai.camel.RouteTrace;
import org.caravanserai.camel.TracedMessage;
import org.jspecify.annotations.Nullable;

/** A trace of one route, from its start until it is forgotten. */
final class RecordedTrace {

  private final String route;
  private final int wanted;
  private final int seconds;
  private final String by;
  private final TraceLimits limits;
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();
  private final List<RecordedMessage> messages = new ArrayList<>();
  private int open;
  private long used;
  private boolean isForgotten;
  private @Nullable String ended;

  RecordedTrace(String route, int wanted, int seconds, String by, TraceLimits limits) {
    this.route = route;
    this.wanted = wanted;
    this.seconds = seconds;
    this.by = by;
    this.limits = limits;
  }

  int bodySize() {
    return limits.bodySize();
  }

  /** A message enters the route; {@code null} if it is not wanted any more. */
  synchronized @Nullable RecordedMessage begin(Exchange exchange) {
    look();
    if (ended != null) {
      return null;
    }
    RecordedMessage message = new RecordedMessage(this, messages.size() + 1, route, exchange);
    messages.add(message);
    open++;
    return message;
  }

  /** A message has left the route. */
  synchronized void ended() {
    open--;
  }

  /** Whether no message that it records is on its way, and none comes. */
  synchronized boolean isOver() {
    look();
    return ended != null && open == 0;
  }

  synchronized boolean isFull() {
    return isForgotten || limits.isFull();
  }

  synchronized void took(long characters) {
    if (!isForgotten) {
      used += characters;
      limits.take(characters);
    }
  }

  /** Lets go of what it has recorded. */
  synchronized void forget() {
    ended = "it was forgotten";
    isForgotten = true;
    messages.clear();
    limits.give(used);
    used = 0;
  }

  private void look() {
    if (ended != null) {
      return;
    }
    if (messages.size() >= wanted) {
      ended = "it has the messages that it was to record";
    } else if (System.nanoTime() - start > Duration.ofSeconds(seconds).toNanos()) {
      ended = "its time is over";
    } else if (limits.isFull()) {
      ended = "the memory for traces is full";
    }
  }

  RouteTrace toTrace() {
    List<RecordedMessage> recorded;
    String why;
    synchronized (this) {
      look();
      why = ended;
      recorded = List.copyOf(messages);
    }
    return new RouteTrace(
        route,
        why == null ? "on" : "ended",
        Optional.ofNullable(why),
        Optional.of(by),
        Optional.of(startedAt),
        Optional.of(startedAt.plusSeconds(seconds)),
        wanted,
        // Not under the lock: messages have their own, which they hold when they come here.
        recorded.stream().map(RecordedMessage::summary).toList());
  }

  Optional<TracedMessage> message(int number) {
    RecordedMessage found;
    synchronized (this) {
      if (number < 1 || number > messages.size()) {
        return Optional.empty();
      }
      found = messages.get(number - 1);
    }
    return Optional.of(found.toMessage());
  }
}
