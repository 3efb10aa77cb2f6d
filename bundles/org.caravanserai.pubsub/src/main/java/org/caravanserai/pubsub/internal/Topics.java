package org.caravanserai.pubsub.internal;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.QueueDefinition;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The topics and queues that are active, by name, whatever its case. */
@Component(service = Topics.class)
public final class Topics {

  private final Broker broker;
  private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();
  private final List<Consumer<Topic>> watchers = new CopyOnWriteArrayList<>();

  /** No topic is active yet. */
  @Activate
  public Topics(@Reference Broker broker) {
    this.broker = broker;
  }

  /**
   * A topic or queue.
   *
   * @param name its name, in any case
   * @return {@code null} if none of that name is active
   */
  public @Nullable Topic find(String name) {
    Topic exact = topics.get(name);
    return exact == null ? topics.get(TopicNames.key(name)) : exact;
  }

  /** All of them, by name. */
  public List<Topic> all() {
    return topics.values().stream().sorted(Comparator.comparing(Topic::name)).toList();
  }

  /** Tells somebody of each that becomes active or changes, once the broker has it. */
  public void watch(Consumer<Topic> watcher) {
    watchers.add(watcher);
  }

  /** Tells them no more. */
  public void unwatch(Consumer<Topic> watcher) {
    watchers.remove(watcher);
  }

  /**
   * Makes one active, or changes it; waits for the disk.
   *
   * @throws IllegalStateException if another one has the name in a different spelling, or is of the
   *     other type
   */
  public synchronized void open(Topic topic) {
    Topic other = topics.get(TopicNames.key(topic.name()));
    if (other != null && (!other.name().equals(topic.name()) || other.type() != topic.type())) {
      throw new IllegalStateException(
          "there is the "
              + (other.type() == Topic.Type.TOPIC ? "topic " : "queue ")
              + other.name()
              + " already");
    }
    if (topic.type() == Topic.Type.TOPIC) {
      broker.openTopic(topic.name(), new AddressLimits(topic.maxDepth()));
    } else {
      broker.openQueue(queue(topic, true));
    }
    topics.put(TopicNames.key(topic.name()), topic);
    watchers.forEach(watcher -> watcher.accept(topic));
  }

  private static QueueDefinition queue(Topic topic, boolean enabled) {
    return Queues.open(topic.name(), topic.name(), topic.maxDepth(), enabled);
  }

  /** Nobody publishes to it any more; the broker keeps it, and what is in its queues. */
  public synchronized void close(Topic topic) {
    topics.remove(TopicNames.key(topic.name()), topic);
  }

  /** It has been taken out of the configuration: the broker drops what is not needed any more. */
  public synchronized void remove(Topic topic) {
    close(topic);
    if (topic.type() == Topic.Type.TOPIC) {
      broker.closeTopic(topic.name());
    } else {
      Queues.retire(broker, queue(topic, false));
    }
  }
}
