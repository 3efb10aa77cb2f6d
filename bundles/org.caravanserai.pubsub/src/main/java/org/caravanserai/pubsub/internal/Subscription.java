package org.caravanserai.pubsub.internal;

import java.util.Optional;
import org.caravanserai.pubsub.internal.kind.PubSubSubscription;

/**
 * A queue of the broker from which somebody gets messages.
 *
 * @param queue the queue
 * @param topic the topic or queue that was subscribed to; the queue itself for a service
 * @param definition the security definition whose messages they are; empty for those of a service
 * @param settings the object that makes the subscription; empty if a call made it, or the object
 *     has not been read yet
 */
public record Subscription(
    String queue,
    String topic,
    Optional<String> definition,
    Optional<PubSubSubscription> settings) {

  /** What tells it from all others. */
  public String id() {
    return definition.map(name -> QueueNames.subscription(name, topic)).orElse(queue);
  }

  /** Whether others may get messages from its queue too: it is a {@code pubsub_queue}. */
  public boolean isShared() {
    return definition.isPresent() && queue.equals(topic);
  }

  /** The same as an object wants it. */
  Subscription with(PubSubSubscription object) {
    return new Subscription(queue, topic, definition, Optional.of(object));
  }

  /** The same without an object. */
  Subscription withoutSettings() {
    return new Subscription(queue, topic, definition, Optional.empty());
  }

  /** Whether messages are sent to the subscriber, who does not fetch them then. */
  public boolean isPush() {
    return settings.filter(PubSubSubscription::isPush).isPresent();
  }

  /** The service that was published to; empty for the subscriptions of definitions. */
  public Optional<String> service() {
    return QueueNames.serviceOf(queue);
  }
}
