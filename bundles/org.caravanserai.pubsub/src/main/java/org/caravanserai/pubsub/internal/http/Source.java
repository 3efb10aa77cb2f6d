package org.caravanserai.pubsub.internal.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.broker.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * One queue from which an inbox takes messages. Its fields, but for those of the broker's threads,
 * belong to the turn of its inbox.
 */
final class Source implements Receiver {

  private final String queue;
  private final Inbox inbox;
  private final Broker broker;
  private final AtomicInteger room = new AtomicInteger();
  private final AtomicInteger coming = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private @Nullable Consumption consumption;

  /** How many more the call that is fetching expects of it. */
  int expected;

  /** When it was used last, in nanoseconds. */
  long usedAt;

  Source(String queue, Inbox inbox, Broker broker) {
    this.queue = queue;
    this.inbox = inbox;
    this.broker = broker;
  }

  String queue() {
    return queue;
  }

  /** Begins to consume. */
  void open() {
    consumption = broker.consume(queue, this);
  }

  /** Gives back what is held, and ends. */
  void close() {
    Consumption ended = consumption;
    if (ended != null) {
      ended.close();
    }
  }

  /**
   * Takes so many messages from now on; what is under way comes besides.
   *
   * @param most after how many bytes of data it takes no more
   */
  void take(int count, long most) {
    bytes.set(most);
    room.set(count);
    Consumption open = consumption;
    if (count > 0 && open != null) {
      open.resume();
    }
  }

  /** How many messages wait in the queue that nobody works on. */
  long waiting() {
    return broker.queue(queue).map(Source::waiting).orElse(0L);
  }

  private static long waiting(QueueInfo info) {
    return Math.max(0, info.depth() - info.delivering());
  }

  /** How many messages are on their way: taken from the queue, and not seen by the inbox. */
  int coming() {
    return coming.get();
  }

  /** One that was on its way is seen by the inbox. */
  void seen() {
    coming.getAndUpdate(count -> Math.max(0, count - 1));
  }

  /** What is on its way never comes, or too late. */
  void forgetComing() {
    coming.set(0);
  }

  /** Whether it has taken as many bytes as it may. */
  boolean isFull() {
    return bytes.get() <= 0;
  }

  @Override
  public boolean isReady() {
    if (room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      return false;
    }
    coming.incrementAndGet();
    return true;
  }

  @Override
  public void receive(Delivery delivery) {
    if (bytes.addAndGet(-delivery.message().data().length) <= 0) {
      room.set(0);
    }
    inbox.arrived(this, delivery);
  }

  @Override
  public void gone() {
    inbox.gone(this);
  }
}
