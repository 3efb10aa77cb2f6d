package org.caravanserai.broker.internal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Receiver;
import org.jspecify.annotations.Nullable;

/** Takes as many messages as it is told. */
final class Inbox implements Receiver, AutoCloseable {

  final BlockingQueue<Delivery> messages = new LinkedBlockingQueue<>();
  final AtomicInteger room;
  volatile boolean gone;

  private @Nullable Consumption consumption;

  private Inbox(int room) {
    this.room = new AtomicInteger(room);
  }

  /** Takes so many messages from a queue. */
  static Inbox on(Broker broker, String queue, int room) {
    Inbox inbox = new Inbox(room);
    inbox.consumption = broker.consume(queue, inbox);
    return inbox;
  }

  /** Takes some more. */
  void takes(int more) {
    room.set(more);
    consumption.resume();
  }

  @Override
  public void close() {
    consumption.close();
  }

  @Override
  public boolean isReady() {
    return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Override
  public void receive(Delivery delivery) {
    messages.add(delivery);
  }

  @Override
  public void gone() {
    gone = true;
  }

  /** The next message. */
  Delivery next() throws InterruptedException {
    Delivery delivery = messages.poll(30, TimeUnit.SECONDS);
    if (delivery == null) {
      throw new AssertionError("no message came");
    }
    return delivery;
  }
}
