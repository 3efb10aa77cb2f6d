package org.caravanserai.pubsub.internal.remote;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Receiver;

/**
 * Brings what is published here to the external broker: from a queue on the disk, in transactions
 * of some messages, each acknowledged after the other broker has it.
 */
final class RemoteSender extends RemoteWorker implements Receiver {

  private static final int TOGETHER = 100;
  private static final long LOOK_MILLIS = 500;

  private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
  private final AtomicInteger held = new AtomicInteger();
  private final Consumption consumption;

  RemoteSender(RemoteTopic remote, Broker broker, String queue) {
    super(remote, "to-remote", Optional.empty());
    consumption = broker.consume(queue, this);
  }

  @Override
  public boolean isReady() {
    return isConnected() && !isEnding() && held.get() < TOGETHER;
  }

  @Override
  public void receive(Delivery delivery) {
    held.incrementAndGet();
    arrived.add(delivery);
  }

  @Override
  public void gone() {
    arrived.clear();
  }

  @Override
  void work(Session session) throws JMSException, InterruptedException {
    consumption.resume();
    try (MessageProducer producer = session.createProducer(session.createTopic(remote().name()))) {
      while (!isEnding()) {
        Delivery first = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Delivery> batch = new ArrayList<>(List.of(first));
          arrived.drainTo(batch);
          send(session, producer, batch);
          consumption.resume();
        }
      }
    } finally {
      List<Delivery> left = new ArrayList<>();
      arrived.drainTo(left);
      giveBack(left);
    }
  }

  private void send(Session session, MessageProducer producer, List<Delivery> batch)
      throws JMSException {
    try {
      for (Delivery each : batch) {
        Message message = each.message();
        long left = message.expiresAt() - System.currentTimeMillis();
        if (message.expiresAt() == 0 || left > 0) {
          producer.send(
              JmsMessages.write(session, message),
              DeliveryMode.PERSISTENT,
              message.priority(),
              message.expiresAt() == 0 ? 0 : left);
        }
      }
      session.commit();
    } catch (JMSException | RuntimeException e) {
      giveBack(batch);
      throw e;
    }
    for (Delivery each : batch) {
      boolean unused = each.acknowledge(Confirmation.NONE);
      held.decrementAndGet();
    }
  }

  /** In their old order. */
  private void giveBack(List<Delivery> deliveries) {
    for (int i = deliveries.size() - 1; i >= 0; i--) {
      deliveries.get(i).release(true);
      held.decrementAndGet();
    }
  }

  @Override
  public void close() {
    super.close();
    consumption.close();
  }
}
