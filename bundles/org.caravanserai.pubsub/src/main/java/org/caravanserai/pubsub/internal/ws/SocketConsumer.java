package org.caravanserai.pubsub.internal.ws;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Receiver;
import org.caravanserai.pubsub.internal.push.Returns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages of one topic on their way to one client, no more than it wants at a time. */
final class SocketConsumer implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(SocketConsumer.class);

  private final SocketTopics topics;
  private final String topic;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean refused = new AtomicBoolean();
  private volatile boolean manual;
  private volatile int maxInFlight;
  private volatile boolean ended;
  private volatile @Nullable Consumption consumption;

  /** Takes back what the client has not acknowledged. */
  Returns returns() {
    return topics.returns();
  }

  /** Consumes nothing yet. */
  SocketConsumer(SocketTopics topics, String topic) {
    this.topics = topics;
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  /** Whether the client acknowledges messages. */
  boolean isManual() {
    return manual;
  }

  /** Whether nothing comes by it any more. */
  boolean isEnded() {
    return ended;
  }

  /** How the client wants them, from now on. */
  void use(boolean acknowledges, int most) {
    manual = acknowledges;
    maxInFlight = most;
    resume();
  }

  /** Begins; waits for the disk. */
  void start(Broker broker, String queue) {
    Consumption begun = broker.consume(queue, this);
    consumption = begun;
    if (ended) {
      begun.close();
    } else {
      // It may have been told to before there was anything to resume.
      begun.resume();
    }
  }

  @Override
  public boolean isReady() {
    if (hasRoom()) {
      return true;
    }
    refused.set(true);
    // There may be room again by whoever did not see yet that it is waited for.
    return hasRoom();
  }

  private boolean hasRoom() {
    return !ended && inFlight.get() < maxInFlight && topics.hasRoom();
  }

  @Override
  public void receive(Delivery delivery) {
    byte[] frame = ServerFrames.message(delivery);
    inFlight.incrementAndGet();
    topics.send(new HeldMessage(delivery, this, null), frame);
  }

  /** Somebody is done with a message. */
  void ended(HeldMessage message) {
    inFlight.decrementAndGet();
    topics.ended(message);
    resume();
  }

  /** Takes more, if it took none before. */
  void resume() {
    Consumption begun = consumption;
    if (begun != null && refused.getAndSet(false)) {
      begun.resume();
    }
  }

  @Override
  public void gone() {
    ended = true;
    topics.gone(this);
  }

  /** Ends; what is not acknowledged returns to the queue. Waits for the queue. */
  void close() {
    ended = true;
    Consumption begun = consumption;
    if (begun != null) {
      try {
        begun.close();
      } catch (RuntimeException e) {
        LOG.warn("{}: what a client holds returns when the broker starts again", topic);
        LOG.debug("Where", e);
      }
    }
  }
}
