package org.caravanserai.broker.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.core.filter.Filter;
import org.apache.activemq.artemis.core.server.Consumer;
import org.apache.activemq.artemis.core.server.HandleStatus;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages from a queue inside the server, without a session between them. */
final class QueueConsumer implements Consumer, Consumption {

  private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);

  private final Queue queue;
  private final Receiver receiver;
  private final Deliveries deliveries;
  private final long id;
  private final Map<Long, HeldDelivery> held = new ConcurrentHashMap<>();
  private volatile boolean closed;

  QueueConsumer(Queue queue, Receiver receiver, Deliveries deliveries, long id) {
    this.queue = queue;
    this.receiver = receiver;
    this.deliveries = deliveries;
    this.id = id;
  }

  Queue queue() {
    return queue;
  }

  @Override
  public boolean supportsDirectDelivery() {
    // A publisher's thread must not run what subscribers do.
    return false;
  }

  @Override
  public synchronized HandleStatus handle(MessageReference reference) {
    if (closed || !receiver.isReady()) {
      return HandleStatus.BUSY;
    }
    reference.handled();
    reference.setConsumerId(id);
    reference.incrementDeliveryCount();
    held.put(reference.getMessageID(), new HeldDelivery(this, reference, deliveries));
    return HandleStatus.HANDLED;
  }

  @Override
  public void proceedDeliver(MessageReference reference) {
    HeldDelivery delivery = held.get(reference.getMessageID());
    if (delivery == null) {
      return;
    }
    try {
      delivery.read();
      receiver.receive(delivery);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: message {} was not taken", queue.getName(), reference.getMessageID(), e);
      delivery.release(true);
    }
  }

  /** Nobody works on a message any more; tells whether somebody did. */
  boolean end(HeldDelivery delivery) {
    return held.remove(delivery.number(), delivery);
  }

  /** Somebody works on it again. */
  void resumeWork(HeldDelivery delivery) {
    held.put(delivery.number(), delivery);
  }

  @Override
  public void resume() {
    queue.deliverAsync();
  }

  @Override
  public void promptDelivery() {
    queue.deliverAsync();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    queue.removeConsumer(this);
    List<HeldDelivery> left = new ArrayList<>(held.values());
    left.sort((one, other) -> Long.compare(other.number(), one.number()));
    left.forEach(delivery -> delivery.release(true));
    deliveries.ended(this);
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public @Nullable Filter getFilter() {
    return null;
  }

  @Override
  public List<MessageReference> getDeliveringMessages() {
    return held.values().stream().map(HeldDelivery::reference).toList();
  }

  @Override
  public String debug() {
    return toString();
  }

  @Override
  public String toManagementString() {
    return "serai of " + queue.getName();
  }

  @Override
  public String toString() {
    return "QueueConsumer[" + queue.getName() + "]";
  }

  /** The queue is deleted: what was being worked on is gone with it. */
  @Override
  public void disconnect() {
    gone();
  }

  @Override
  public void failed(Throwable cause) {
    gone();
  }

  /** Tells the receiver that nothing comes any more. */
  void gone() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    held.clear();
    deliveries.ended(this);
    receiver.gone();
  }

  @Override
  public long sequentialID() {
    return id;
  }
}
