package org.caravanserai.pubsub.internal;

import java.util.Optional;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.QueueInfo;

/** Queues of the broker as publish/subscribe makes them, and lets go of them. */
final class Queues {

  private Queues() {}

  /** A queue that is nobody's in particular. */
  static QueueDefinition open(String name, String address, long maxDepth, boolean enabled) {
    return new QueueDefinition(
        name, address, Optional.empty(), Optional.empty(), enabled, maxDepth);
  }

  /**
   * Deletes a queue if it is empty; else it takes no more messages, and those that it has stay for
   * the operator, or until it is opened again.
   *
   * @param disabled it as it is to be if it stays
   */
  static void retire(Broker broker, QueueDefinition disabled) {
    Optional<QueueInfo> info = broker.queue(disabled.name());
    if (info.isEmpty()) {
      return;
    }
    // Disabled first, so that nothing can come between the look and the deletion.
    broker.openQueue(disabled);
    // The depth alone may not have counted yet what has just been confirmed.
    if (broker.browse(disabled.name(), message -> true, 0, 1).isEmpty()
        && broker.queue(disabled.name()).filter(queue -> queue.depth() == 0).isPresent()) {
      broker.deleteQueue(disabled.name());
    }
  }
}
