package org.caravanserai.broker.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages out of queues that no client of the network can do anything with. */
final class Poison {

  private static final Logger LOG = LoggerFactory.getLogger(Poison.class);
  private static final int GATEWAY_TIMEOUT = 504;
  private static final String DEAD = Broker.INTERNAL + "dead/";

  private final EmbeddedBroker broker;
  private final int maxDeliveries;
  private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

  Poison(EmbeddedBroker broker, int maxDeliveries) {
    this.broker = broker;
    this.maxDeliveries = maxDeliveries;
  }

  /** Whether a message has been given to clients often enough. */
  boolean isPoison(MessageReference reference) {
    return maxDeliveries > 0 && reference.getDeliveryCount() >= maxDeliveries;
  }

  /** Moves a message to the dead letters of its queue, soon. */
  void bury(Queue queue, MessageReference reference) {
    soon(
        reference,
        () -> {
          String name = queue.getName().toString();
          String dead = DEAD + name;
          broker.openQueue(
              new QueueDefinition(
                  dead,
                  dead,
                  java.util.Optional.empty(),
                  java.util.Optional.empty(),
                  true,
                  Long.MAX_VALUE));
          int attempts = reference.getDeliveryCount();
          broker.move(name, reference.getMessageID(), dead, message -> marked(message, attempts));
        });
  }

  /** Says why in the properties by which publish/subscribe knows dead letters. */
  private static Message marked(Message message, int attempts) {
    Map<String, Object> properties = new HashMap<>(message.properties());
    long now = System.currentTimeMillis();
    properties.put("dead_cause", "given to a client " + attempts + " times, never acknowledged");
    properties.put("dead_status", GATEWAY_TIMEOUT);
    properties.put("dead_attempts", attempts);
    properties.put("dead_first_at", now);
    properties.put("dead_last_at", now);
    if (message.expiresAt() > 0) {
      properties.put("dead_expires_at", message.expiresAt());
    }
    return message
        .with()
        .expiresAt(0)
        .properties(properties)
        .dedupId(java.util.Optional.empty())
        .build();
  }

  /** Deletes a message from its queue, soon. */
  void drop(Queue queue, MessageReference reference) {
    soon(reference, () -> broker.delete(queue.getName().toString(), reference.getMessageID()));
  }

  /** The queue is locked by the thread that found it. */
  private void soon(MessageReference reference, Runnable work) {
    long number = reference.getMessageID();
    if (!underWay.add(number)) {
      return;
    }
    broker
        .executor()
        .execute(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                LOG.warn("Message {} stays in its queue: {}", number, e.getMessage());
              } finally {
                underWay.remove(number);
              }
            });
  }
}
