package org.caravanserai.pubsub.internal.ws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.http.WebSocket;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.pubsub.internal.Subscription;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.TopicNames;
import org.caravanserai.pubsub.internal.push.Returns;
import org.jspecify.annotations.Nullable;

/** What one client receives: its topics, and the messages that it has not acknowledged. */
final class SocketTopics {

  private final SocketWork work;
  private final PubSubSocket socket;
  private final ConcurrentMap<String, SocketConsumer> consumers = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, HeldMessage> held = new ConcurrentHashMap<>();
  private final AtomicLong heldBytes = new AtomicLong();
  private volatile boolean closed;

  SocketTopics(SocketWork work, PubSubSocket socket) {
    this.work = work;
    this.socket = socket;
  }

  /** Takes back what the client has not acknowledged. */
  Returns returns() {
    return work.returns();
  }

  /**
   * The topics that a client wants to receive from.
   *
   * @throws ServiceException if it may not receive from one of them, or one is not there
   */
  List<Topic> permitted(String definition, List<String> names) {
    List<Topic> topics = new ArrayList<>();
    for (String name : names) {
      Topic topic = permitted(definition, name);
      if (!topics.contains(topic)) {
        topics.add(topic);
      }
    }
    long more = topics.stream().filter(topic -> !consumers.containsKey(topic.name())).count();
    if (consumers.size() + more > work.limits().maxTopics()) {
      throw new ServiceException(
          400, "topics: more than the " + work.limits().maxTopics() + " that a socket may have");
    }
    return topics;
  }

  private Topic permitted(String definition, String name) {
    if (!TopicNames.isValid(name)) {
      throw new ServiceException(400, "topics: " + TopicNames.EXPECTED);
    }
    if (!work.rights().maySubscribe(definition, name)) {
      throw new ServiceException(403, "you may not subscribe to " + name);
    }
    Topic topic = work.topics().find(name);
    if (topic == null) {
      throw new ServiceException(
          404, "there is no topic or queue " + name + ", or it is not active");
    }
    Subscription known = work.subscriptions().find(definition, name);
    if (known != null && known.isPush()) {
      throw new ServiceException(409, "messages of " + name + " are pushed to you");
    }
    return topic;
  }

  /** Subscribes, where the definition is not yet, and begins to receive. Waits for the disk. */
  void subscribe(Request request, List<Topic> topics, boolean manual, int maxInFlight) {
    String definition = socket.definition();
    for (Topic topic : topics) {
      if (topic.type() == Topic.Type.TOPIC) {
        work.subscriptions().subscribe(definition, topic);
      }
    }
    request.answer(
        ServerFrames.topics("subscribed", request.id(), topics.stream().map(Topic::name).toList()));
    for (Topic topic : topics) {
      SocketConsumer consumer = new SocketConsumer(this, topic.name());
      SocketConsumer known = consumers.putIfAbsent(topic.name(), consumer);
      if (known == null) {
        consumer.use(manual, maxInFlight);
        start(consumer, queue(definition, topic));
      } else {
        known.use(manual, maxInFlight);
      }
    }
  }

  private static String queue(String definition, Topic topic) {
    return topic.type() == Topic.Type.TOPIC
        ? QueueNames.subscription(definition, topic.name())
        : topic.name();
  }

  private void start(SocketConsumer consumer, String queue) {
    try {
      consumer.start(work.broker(), queue);
    } catch (BrokerException e) {
      gone(consumer);
    }
    if (closed) {
      consumer.close();
    }
  }

  /** What came by a consumer that has ended is back in its queue: nobody can acknowledge it. */
  private void forget(SocketConsumer consumer) {
    held.forEach(
        (id, message) -> {
          if (message.consumer() == consumer && held.remove(id, message)) {
            for (@Nullable HeldMessage each = message; each != null; each = each.other()) {
              ended(each);
            }
          }
        });
  }

  /** Receives no more from topics; waits for their queues. */
  void unsubscribe(Request request, List<String> names) {
    List<String> ended = new ArrayList<>();
    for (SocketConsumer each : List.copyOf(consumers.values())) {
      if (names.stream().anyMatch(each.topic()::equalsIgnoreCase)) {
        consumers.remove(each.topic());
        each.close();
        forget(each);
        ended.add(each.topic());
      }
    }
    request.answer(ServerFrames.topics("unsubscribed", request.id(), ended));
  }

  /** Receives no more from a topic, though the client did not ask for that. */
  void end(String topic, String why) {
    SocketConsumer consumer = consumers.remove(topic);
    if (consumer != null) {
      consumer.close();
      forget(consumer);
      socket.send(ServerFrames.ended(topic, why), WebSocket.Sent.IGNORED);
    }
  }

  /** The queue of a topic is gone. */
  void gone(SocketConsumer consumer) {
    if (consumers.remove(consumer.topic(), consumer)) {
      socket.send(
          ServerFrames.ended(consumer.topic(), "the subscription has ended"),
          WebSocket.Sent.IGNORED);
    }
    forget(consumer);
  }

  /** Whether the client may have more messages. */
  boolean hasRoom() {
    return !socket.isLeaving() && heldBytes.get() < work.limits().maxInFlightBytes();
  }

  /** Sends a message, which is held until it is acknowledged. */
  void send(HeldMessage message, byte[] frame) {
    heldBytes.addAndGet(message.size());
    if (message.consumer().isManual()) {
      held.merge(message.delivery().message().id(), message, (before, now) -> now.after(before));
      socket.send(frame, WebSocket.Sent.IGNORED);
      if (message.consumer().isEnded()) {
        forget(message.consumer());
      }
    } else {
      socket.send(
          frame,
          handedOver -> {
            if (handedOver) {
              message.acknowledge(Confirmation.NONE);
            }
          });
    }
  }

  /** Somebody is done with a message. */
  void ended(HeldMessage message) {
    long before = heldBytes.getAndAdd(-message.size());
    if (before >= work.limits().maxInFlightBytes()) {
      consumers.values().forEach(SocketConsumer::resume);
    }
  }

  /** Acknowledges messages, and answers when the disk knows. */
  void acknowledge(Request request, List<String> ids) {
    List<String> unknown = new ArrayList<>();
    List<HeldMessage> found = take(ids, unknown);
    Gathering gathering =
        new Gathering(
            found.size() + 1,
            (confirmed, failure) -> {
              if (failure == null) {
                request.answer(
                    ServerFrames.acknowledged("acked", request.id(), confirmed, unknown));
              } else {
                request.fail(failure);
              }
            });
    for (HeldMessage each : found) {
      if (!each.acknowledge(gathering)) {
        unknown.add(each.delivery().message().id());
        gathering.none();
      }
    }
    gathering.none();
  }

  /** Gives messages back to their queues. */
  void release(Request request, List<String> ids) {
    List<String> unknown = new ArrayList<>();
    List<HeldMessage> found = take(ids, unknown);
    found.forEach(HeldMessage::release);
    request.answer(ServerFrames.acknowledged("nacked", request.id(), found.size(), unknown));
  }

  private List<HeldMessage> take(List<String> ids, List<String> unknown) {
    List<HeldMessage> found = new ArrayList<>();
    for (String id : ids) {
      @Nullable HeldMessage next = held.remove(id);
      if (next == null) {
        unknown.add(id);
      }
      for (; next != null; next = next.other()) {
        found.add(next);
      }
    }
    return found;
  }

  /** Receives nothing any more: what is held returns to its queues. Waits for these. */
  void close() {
    closed = true;
    for (SocketConsumer each : List.copyOf(consumers.values())) {
      each.close();
    }
    consumers.clear();
    held.clear();
  }
}
