package org.caravanserai.pubsub.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.pubsub.internal.kind.PubSubSubscription;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions in operation: those of {@code pubsub_subscription} objects, those made by a
 * call and the queues of services.
 *
 * <p>Their state is the queues of the broker. A queue of a subscription that the broker has and no
 * object names counts as made by a call, until an object names it: at the start, when objects have
 * not been read yet, nobody needs to know which is which.
 *
 * <p>What changes a subscription waits for the disk; what asks does not.
 */
@Component(service = Subscriptions.class)
public final class Subscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final Broker broker;
  private final Topics topics;
  private final Consumer<Topic> watcher = this::topicOpened;
  private final ConcurrentMap<String, Subscription> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, List<Subscription>> byDefinition = new ConcurrentHashMap<>();
  private final Map<String, PubSubSubscription> objects = new HashMap<>();
  private final List<SubscriptionObserver> observers = new ArrayList<>();

  /** Those that the broker has. */
  @Activate
  public Subscriptions(@Reference Broker broker, @Reference Topics topics) {
    this.broker = broker;
    this.topics = topics;
    broker.queues().forEach(this::found);
    topics.watch(watcher);
  }

  /** Ends without a change of the queues. */
  @Deactivate
  void stop() {
    topics.unwatch(watcher);
  }

  private void found(QueueInfo info) {
    String queue = info.name();
    if (!info.enabled()) {
      return;
    }
    if (QueueNames.serviceOf(queue).isPresent()) {
      put(new Subscription(queue, queue, Optional.empty(), Optional.empty()));
    } else if (info.owner().isPresent()
        && queue.equals(QueueNames.subscription(info.owner().get(), info.address()))) {
      put(new Subscription(queue, info.address(), info.owner(), Optional.empty()));
    }
  }

  /** Begins to tell somebody of all subscriptions. */
  public synchronized void observe(SubscriptionObserver observer) {
    observers.add(observer);
    byId.values().forEach(observer::opened);
  }

  /** Tells them no more. */
  public synchronized void unobserve(SubscriptionObserver observer) {
    observers.remove(observer);
  }

  /** The subscriptions of a security definition. */
  public List<Subscription> of(String definition) {
    return byDefinition.getOrDefault(definition, List.of());
  }

  /** All of them, by the name of their queues. */
  public List<Subscription> all() {
    return byId.values().stream().sorted(Comparator.comparing(Subscription::queue)).toList();
  }

  /**
   * The subscription of a definition to a topic.
   *
   * @param topic its name, in any case
   * @return {@code null} if there is none
   */
  public @Nullable Subscription find(String definition, String topic) {
    for (Subscription each : of(definition)) {
      if (each.topic().equalsIgnoreCase(topic)) {
        return each;
      }
    }
    return null;
  }

  /**
   * Subscribes a security definition to a topic by a call; does nothing if it is subscribed.
   *
   * @return whether it was not
   * @throws BrokerException if the broker refuses
   */
  public synchronized boolean subscribe(String definition, Topic topic) {
    String queue = QueueNames.subscription(definition, topic.name());
    if (byId.containsKey(queue)) {
      return false;
    }
    broker.openQueue(
        new QueueDefinition(
            queue,
            topic.name(),
            Optional.of(definition),
            Optional.empty(),
            true,
            topic.maxDepth()));
    opened(new Subscription(queue, topic.name(), Optional.of(definition), Optional.empty()));
    return true;
  }

  /**
   * Ends a subscription and deletes its queue with all that is in it; does nothing if there is
   * none.
   *
   * @return whether there was one
   */
  public synchronized boolean unsubscribe(Subscription subscription) {
    if (!byId.containsKey(subscription.id())) {
      return false;
    }
    closed(subscription);
    broker.deleteQueue(subscription.queue());
    return true;
  }

  /** Whether a service has been published to, or has been called durably. */
  public boolean hasService(String service) {
    return byId.containsKey(QueueNames.service(service))
        || byId.containsKey(QueueNames.call(service));
  }

  /**
   * The subscription of what is published to a service; its queue is made when it is asked for the
   * first time.
   *
   * @throws BrokerException if the broker refuses
   */
  public Subscription service(String service, long maxDepth) {
    return toService(QueueNames.service(service), maxDepth);
  }

  /**
   * The subscription of the durable calls of a service; its queue is made when it is asked for the
   * first time.
   *
   * @throws BrokerException if the broker refuses
   */
  public Subscription calls(String service, long maxDepth) {
    return toService(QueueNames.call(service), maxDepth);
  }

  private Subscription toService(String queue, long maxDepth) {
    Subscription known = byId.get(queue);
    return known == null ? openService(queue, maxDepth) : known;
  }

  private synchronized Subscription openService(String queue, long maxDepth) {
    Subscription known = byId.get(queue);
    if (known != null) {
      return known;
    }
    broker.openQueue(Queues.open(queue, queue, maxDepth, true));
    Subscription opened = new Subscription(queue, queue, Optional.empty(), Optional.empty());
    opened(opened);
    return opened;
  }

  /**
   * An object says what a definition is subscribed to. Topics that are not active yet are
   * subscribed to when they are; what it names no more is let go of.
   *
   * @throws BrokerException if the broker refuses
   */
  public synchronized void configure(PubSubSubscription object) {
    PubSubSubscription before = objects.get(object.security());
    objects.put(object.security(), object);
    try {
      for (String name : object.topicList()) {
        Topic topic = topics.find(name);
        Subscription known = find(object.security(), name);
        if (topic != null) {
          configure(object, topic);
        } else if (known != null) {
          opened(known.with(object));
        }
      }
    } catch (RuntimeException e) {
      if (before == null) {
        objects.remove(object.security());
      } else {
        objects.put(object.security(), before);
      }
      throw e;
    }
    if (before != null) {
      letGo(before, names(object.topicList()), true);
    }
  }

  /** Makes the queue of one topic that an object names. */
  private void configure(PubSubSubscription object, Topic topic) {
    Optional<String> definition = Optional.of(object.security());
    String queue = topic.name();
    if (topic.type() == Topic.Type.TOPIC) {
      queue = QueueNames.subscription(object.security(), topic.name());
      broker.openQueue(
          new QueueDefinition(
              queue, topic.name(), definition, object.filter(), true, topic.maxDepth()));
    }
    opened(new Subscription(queue, topic.name(), definition, Optional.of(object)));
  }

  /**
   * The object of a definition is not in operation any more.
   *
   * @param removed whether it has been taken out of the configuration; else the queues stay as they
   *     are
   */
  public synchronized void forget(String definition, boolean removed) {
    PubSubSubscription object = objects.remove(definition);
    if (object != null) {
      letGo(object, Set.of(), removed);
    }
  }

  private void letGo(PubSubSubscription object, Set<String> kept, boolean removed) {
    for (Subscription each : of(object.security())) {
      if (each.settings().isPresent() && !kept.contains(TopicNames.key(each.topic()))) {
        closed(each);
        if (!each.isShared() && removed) {
          retire(each);
        } else if (!each.isShared()) {
          opened(each.withoutSettings());
        }
      }
    }
  }

  private void retire(Subscription gone) {
    Queues.retire(
        broker,
        new QueueDefinition(
            gone.queue(), gone.topic(), gone.definition(), Optional.empty(), false, 0));
  }

  private static Set<String> names(Collection<String> topics) {
    Set<String> keys = new HashSet<>();
    topics.forEach(name -> keys.add(TopicNames.key(name)));
    return keys;
  }

  private synchronized void topicOpened(Topic topic) {
    for (PubSubSubscription object : List.copyOf(objects.values())) {
      if (names(object.topicList()).contains(TopicNames.key(topic.name()))) {
        try {
          configure(object, topic);
        } catch (BrokerException e) {
          LOG.warn(
              "{} is not subscribed to {}: {}", object.security(), topic.name(), e.getMessage());
        }
      }
    }
  }

  private void opened(Subscription subscription) {
    Subscription before = put(subscription);
    if (!subscription.equals(before)) {
      observers.forEach(observer -> observer.opened(subscription));
    }
  }

  private @Nullable Subscription put(Subscription subscription) {
    Subscription before = byId.put(subscription.id(), subscription);
    gather(subscription, List.of(subscription));
    return before;
  }

  private void closed(Subscription subscription) {
    Subscription ended = byId.remove(subscription.id());
    if (ended != null) {
      gather(ended, List.of());
      observers.forEach(observer -> observer.closed(ended));
    }
  }

  private void gather(Subscription changed, List<Subscription> now) {
    if (changed.definition().isPresent()) {
      List<Subscription> all = new ArrayList<>(now);
      for (Subscription each : of(changed.definition().get())) {
        if (!each.id().equals(changed.id())) {
          all.add(each);
        }
      }
      byDefinition.put(changed.definition().get(), List.copyOf(all));
    }
  }
}
