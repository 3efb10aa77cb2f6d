package org.caravanserai.broker.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.persistence.impl.journal.LargeServerMessageImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.AckReason;
import org.apache.activemq.artemis.core.server.impl.RoutingContextImpl;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.core.transaction.impl.TransactionImpl;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.BrokerException.Reason;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Receiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives messages to receivers inside the server, and ends what they do with them. */
final class Deliveries {

  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final ActiveMQServer server;
  private final Disk disk;
  private final long firstNumber;
  private final boolean afterCrash;
  private final Set<QueueConsumer> consumers = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is delivered yet.
   *
   * @param afterCrash whether the broker did not end in order before this start
   */
  Deliveries(ActiveMQServer server, Disk disk, boolean afterCrash) {
    this.server = server;
    this.disk = disk;
    this.firstNumber = server.getStorageManager().generateID();
    this.afterCrash = afterCrash;
  }

  boolean maybeRedelivered(long number) {
    return afterCrash && number < firstNumber;
  }

  /** The queue of a name. */
  Queue queue(String name) {
    Queue queue = server.locateQueue(SimpleString.of(name));
    if (queue == null) {
      throw new BrokerException(Reason.UNKNOWN, "there is no queue " + name);
    }
    return queue;
  }

  Consumption consume(String name, Receiver receiver) {
    Queue queue = queue(name);
    QueueConsumer consumer =
        new QueueConsumer(queue, receiver, this, server.getStorageManager().generateID());
    consumers.add(consumer);
    disk.now(() -> queue.addConsumer(consumer));
    queue.deliverAsync();
    return consumer;
  }

  void ended(QueueConsumer consumer) {
    consumers.remove(consumer);
  }

  /** Tells all receivers that nothing comes any more. */
  void stop() {
    consumers.forEach(QueueConsumer::gone);
  }

  void acknowledge(MessageReference reference, Confirmation confirmation) {
    disk.write(
        () -> reference.getQueue().acknowledge(reference, AckReason.NORMAL, null), confirmation);
  }

  void release(MessageReference reference, boolean counts) {
    if (!counts) {
      reference.decrementDeliveryCount();
    }
    Queue queue = reference.getQueue();
    try {
      queue.cancel(reference, System.currentTimeMillis());
    } catch (Exception e) {
      LOG.error("{}: message {} comes again at the next start", queue.getName(), reference, e);
    }
    queue.deliverAsync();
  }

  /** Puts messages into queues in the place of those that are being worked on. */
  void move(
      List<MessageReference> references, List<Broker.Placed> messages, Confirmation confirmation) {
    disk.write(() -> replace(references, messages), confirmation);
  }

  /** Puts messages into queues in the place of those that are being worked on, in one step. */
  void replace(List<MessageReference> references, List<Broker.Placed> messages) throws Exception {
    Transaction transaction = new TransactionImpl(server.getStorageManager());
    try {
      for (Broker.Placed each : messages) {
        enqueue(queue(each.queue()), each.message(), transaction);
      }
      for (MessageReference each : references) {
        each.getQueue().acknowledge(transaction, each, AckReason.NORMAL, null, true);
      }
      transaction.commit();
    } catch (Exception e) {
      transaction.rollback();
      throw e;
    }
  }

  /**
   * Puts a message into a queue in the place of another one, in one step.
   *
   * @param delivering whether the queue counts the other one as being worked on
   */
  void replace(MessageReference reference, Queue target, Message message, boolean delivering)
      throws Exception {
    Transaction transaction = new TransactionImpl(server.getStorageManager());
    try {
      enqueue(target, message, transaction);
      reference.getQueue().acknowledge(transaction, reference, AckReason.NORMAL, null, delivering);
      transaction.commit();
    } catch (Exception e) {
      transaction.rollback();
      throw e;
    }
  }

  /** Puts a message into one queue, and tells when it is safe. */
  void put(Queue target, Message message, Confirmation confirmation) {
    disk.write(() -> put(target, message), confirmation);
  }

  /** Puts a message into one queue, by a transaction of its own. */
  void put(Queue target, Message message) throws Exception {
    Transaction transaction = new TransactionImpl(server.getStorageManager());
    try {
      enqueue(target, message, transaction);
      transaction.commit();
    } catch (Exception e) {
      transaction.rollback();
      throw e;
    }
  }

  private void enqueue(Queue target, Message message, Transaction transaction) throws Exception {
    StorageManager storage = server.getStorageManager();
    var stored =
        LargeServerMessageImpl.checkLargeMessage(
            MessageCodec.write(message, storage.generateID(), target.getAddress().toString()),
            storage);
    RoutingContextImpl context = new RoutingContextImpl(transaction);
    target.route(stored, context);
    server.getPostOffice().processRoute(stored, context, false);
  }
}
