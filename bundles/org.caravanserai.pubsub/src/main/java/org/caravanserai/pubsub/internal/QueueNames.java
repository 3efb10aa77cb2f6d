package org.caravanserai.pubsub.internal;

import java.util.Optional;
import org.caravanserai.broker.Broker;

/**
 * How the queues of the broker are called that others than {@code pubsub_queue} objects have:
 * {@code partner/orders.new} is the subscription of the definition {@code partner} to a topic,
 * {@code serai.service/orders.store} what was published to a service, {@code
 * serai.call/orders.store} its durable calls, {@code serai.dead/partner/orders.new} what nobody
 * could deliver of a queue.
 */
public final class QueueNames {

  private static final String SERVICE = Broker.INTERNAL + "service/";
  private static final String CALL = Broker.INTERNAL + "call/";
  private static final String REMOTE = Broker.INTERNAL + "remote/";
  private static final String DEAD = Broker.INTERNAL + "dead/";

  /** The queue of what has come of the calls of durable fan-outs that have not ended. */
  public static final String FAN_OUT = Broker.INTERNAL + "fan-out";

  private QueueNames() {}

  /**
   * The queue of a subscription.
   *
   * @param definition the security definition whose it is
   * @param topic the topic as its object spells it
   */
  public static String subscription(String definition, String topic) {
    return definition + "/" + topic;
  }

  /** The topic of a subscription's queue; empty if the queue is none. */
  public static Optional<String> topic(String queue) {
    // A topic has no slash, a definition may have some.
    int slash = queue.lastIndexOf('/');
    return slash <= 0 || queue.startsWith(Broker.INTERNAL)
        ? Optional.empty()
        : Optional.of(queue.substring(slash + 1));
  }

  /** The queue of what is to go to an external broker. */
  public static String remote(String topic) {
    return REMOTE + topic;
  }

  /** The queue of what is published to a service. */
  public static String service(String service) {
    return SERVICE + service;
  }

  /** The service of either queue; empty if the queue is none. */
  public static Optional<String> serviceOf(String queue) {
    if (isOfCalls(queue)) {
      return Optional.of(queue.substring(CALL.length()));
    }
    return queue.startsWith(SERVICE)
        ? Optional.of(queue.substring(SERVICE.length()))
        : Optional.empty();
  }

  /** The queue of the durable calls of a service. */
  public static String call(String service) {
    return CALL + service;
  }

  /** Whether a queue has the durable calls of a service. */
  public static boolean isOfCalls(String queue) {
    return queue.startsWith(CALL);
  }

  /** The queue of what nobody could deliver of another queue. */
  public static String dead(String queue) {
    return DEAD + queue;
  }

  /** The queue whose undeliverable messages a queue holds; empty if it holds none such. */
  public static Optional<String> origin(String queue) {
    return queue.startsWith(DEAD) ? Optional.of(queue.substring(DEAD.length())) : Optional.empty();
  }
}
