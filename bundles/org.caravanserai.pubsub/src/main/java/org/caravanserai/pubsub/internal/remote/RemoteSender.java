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
final class RemoteSender extends RemoteWorker {

  private static final int TOGETHER = 100;
  private static final long LOOK_MILLIS = 500;

  private final Broker broker;
  private final String queue;

  RemoteSender(RemoteTopic remote, Broker broker, String queue) {
    super(remote, "to-remote", Optional.empty());
    this.broker = broker;
    this.queue = queue;
  }

  /** A consumption for each session: its end gives back all that was not sent, in the old order. */
  @Override
  void work(Session session) throws JMSException, InterruptedException {
    Arrived arrived = new Arrived();
    try (MessageProducer producer = session.createProducer(session.createTopic(remote().name()));
        Consumption consumption = broker.consume(queue, arrived)) {
      while (!isEnding()) {
        List<Delivery> batch = arrived.take();
        if (!batch.isEmpty()) {
          send(session, producer, batch);
          arrived.done(batch.size());
          consumption.resume();
        }
      }
    }
  }

  private static void send(Session session, MessageProducer producer, List<Delivery> batch)
      throws JMSException {
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
    for (Delivery each : batch) {
      boolean unused = each.acknowledge(Confirmation.NONE);
    }
  }

  /** What has come from the queue and is not sent yet. */
  private static final class Arrived implements Receiver {

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final AtomicInteger held = new AtomicInteger();

    @Override
    public boolean isReady() {
      return held.get() < TOGETHER;
    }

    @Override
    public void receive(Delivery delivery) {
      held.incrementAndGet();
      deliveries.add(delivery);
    }

    @Override
    public void gone() {
      deliveries.clear();
    }

    /** The next ones; none if nothing comes for a while. */
    List<Delivery> take() throws InterruptedException {
      List<Delivery> batch = new ArrayList<>();
      Delivery first = deliveries.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        deliveries.drainTo(batch);
      }
      return batch;
    }

    void done(int count) {
      held.addAndGet(-count);
    }
  }
}
