package org.caravanserai.pubsub.internal.push;

import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.pubsub.internal.push.DeadLetters.Cause;
import org.caravanserai.pubsub.internal.push.PushOutcome.Failed;
import org.jspecify.annotations.Nullable;

/**
 * A message that is held until it has been delivered, and what has been tried. One thread at a time
 * works on it.
 */
public final class PushedMessage implements Comparable<PushedMessage> {

  private final Delivery delivery;
  private final @Nullable String key;
  private final @Nullable StoredCall call;
  private int attempts;
  private int stuck;
  private int postponements;
  private long firstAt;
  private @Nullable Cause last;
  private boolean isRunning;

  /**
   * A message that nobody has tried to deliver since it was received.
   *
   * @param key messages of the same key go one after the other; {@code null} for none
   */
  PushedMessage(Delivery delivery, @Nullable String key) {
    this.delivery = delivery;
    this.key = key;
    this.call = QueueNames.isOfCalls(delivery.queue()) ? StoredCall.of(delivery.message()) : null;
  }

  /** What the broker says of it. */
  public Delivery delivery() {
    return delivery;
  }

  /** The message. */
  public Message message() {
    return delivery.message();
  }

  /** What it says if it is the durable call of a service; {@code null} if it is none. */
  @Nullable StoredCall call() {
    return call;
  }

  /** How often it has been delivered, or that was tried, this time included. */
  public int count() {
    return delivery.count() + attempts;
  }

  /** Whether it may have been delivered before. */
  public boolean isRedelivered() {
    return count() > 1;
  }

  @Nullable String key() {
    return key;
  }

  int attempts() {
    return attempts;
  }

  /** How many threads it has left behind that did not come back in time. */
  int stuck() {
    return stuck;
  }

  int size() {
    return message().data().length;
  }

  boolean isRunning() {
    return isRunning;
  }

  void setRunning(boolean running) {
    isRunning = running;
  }

  /** Counts that it could not be begun; how often that was so in a row. */
  int postponed() {
    return ++postponements;
  }

  /** Counts a failure. */
  void failed(Failed failure, long now) {
    attempts++;
    postponements = 0;
    stuck += failure.isStuck() ? 1 : 0;
    firstAt = firstAt == 0 ? now : firstAt;
    last = new Cause(failure.reason(), failure.status(), failure.cid(), count() - 1, firstAt, now);
  }

  /**
   * Since when it has been tried, in milliseconds since 1970. What was tried before this start of
   * the server has been tried since the broker took it.
   */
  long triedSince() {
    return delivery.count() > 1 ? message().receivedAt() : firstAt;
  }

  /** Why it can't be delivered, once it has failed. */
  Cause cause() {
    Cause cause = last;
    if (cause == null) {
      throw new IllegalStateException("message " + message().id() + " has not failed");
    }
    return cause;
  }

  /** As a queue has it: priority first, then age. */
  @Override
  public int compareTo(PushedMessage other) {
    int byPriority = Integer.compare(other.message().priority(), message().priority());
    return byPriority != 0 ? byPriority : Long.compare(delivery.number(), other.delivery.number());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
