package org.caravanserai.pubsub.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The way by which all messages of JSON, services and files reach the broker. */
@Component(service = Publisher.class)
public final class Publisher {

  private final Broker broker;
  private final Topics topics;
  private final Rights rights;
  private final ConcurrentMap<String, LongAdder> published = new ConcurrentHashMap<>();

  /** Publishes to the broker. */
  @Activate
  public Publisher(@Reference Broker broker, @Reference Topics topics, @Reference Rights rights) {
    this.broker = broker;
    this.topics = topics;
    this.rights = rights;
  }

  /**
   * The topic or queue to which somebody wants to publish; ask before the message is read.
   *
   * @param definition the security definition that publishes; empty for the server itself, which
   *     may publish to all
   * @param name the name of the topic or queue, in any case
   * @throws ServiceException with status 400 if nothing can be called so, 403 if the definition may
   *     not publish to it, whether it is there or not, 404 if none of that name is active, 507 if
   *     the disk is full
   */
  public Topic target(Optional<String> definition, String name) {
    if (!TopicNames.isValid(name)) {
      throw new ServiceException(400, "topic_name: " + TopicNames.EXPECTED);
    }
    if (definition.isPresent() && !rights.mayPublish(definition.get(), name)) {
      throw new ServiceException(403, "you may not publish to " + name);
    }
    Topic topic = topics.find(name);
    if (topic == null) {
      throw new ServiceException(
          404, "there is no topic or queue " + name + ", or it is not active");
    }
    if (broker.isDiskFull()) {
      throw new ServiceException(507, "the disk is full: no message is taken");
    }
    return topic;
  }

  /**
   * Publishes a message; returns at once.
   *
   * @param topic the topic or queue that {@link #target} gave
   * @param confirmation told when it is safe on the disk, or why it is not: {@link BrokerFaults}
   *     has the status for that; on any thread
   * @throws ServiceException with status 413 if its data is larger than the topic takes
   */
  public void publish(Topic topic, Message message, Confirmation confirmation) {
    checkSize(topic, message.data().length);
    broker.publish(topic.name(), message, counted(topic, 1, confirmation));
  }

  /**
   * Publishes several messages, all of them or none; returns at once.
   *
   * @param confirmation told when all are safe on the disk, or why none is; on any thread
   * @throws ServiceException with status 413 if the data of one is larger than the topic takes
   */
  public void publish(Topic topic, List<Message> messages, Confirmation confirmation) {
    messages.forEach(message -> checkSize(topic, message.data().length));
    Confirmation counted = counted(topic, messages.size(), confirmation);
    if (messages.size() == 1) {
      broker.publish(topic.name(), messages.get(0), counted);
    } else {
      broker.publish(topic.name(), messages, counted);
    }
  }

  private Confirmation counted(Topic topic, int messages, Confirmation confirmation) {
    return new Confirmation() {
      @Override
      public void confirmed() {
        published.computeIfAbsent(topic.name(), name -> new LongAdder()).add(messages);
        confirmation.confirmed();
      }

      @Override
      public void failed(BrokerException failure) {
        confirmation.failed(failure);
      }
    };
  }

  /** How many messages have been published this way since the start, by topic or queue. */
  public Map<String, Long> published() {
    Map<String, Long> counts = new TreeMap<>();
    published.forEach((topic, count) -> counts.put(topic, count.sum()));
    return counts;
  }

  /**
   * Checks the size of data before a message of it is published.
   *
   * @throws ServiceException with status 413 if it is larger than the topic takes
   */
  public static void checkSize(Topic topic, long size) {
    if (size > topic.maxMessageSize()) {
      throw new ServiceException(
          413,
          "data: larger than the "
              + topic.maxMessageSize()
              + " bytes that "
              + topic.name()
              + " takes");
    }
  }
}
