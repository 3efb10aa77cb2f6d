package org.caravanserai.pubsub.internal.http;

import org.caravanserai.api.ServiceException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.pubsub.internal.Rights;
import org.caravanserai.pubsub.internal.Subscription;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.TopicNames;
import org.caravanserai.pubsub.internal.Topics;

/** {@code POST /pubsub/subscribe/topic/{topic}} and {@code /pubsub/unsubscribe/topic/{topic}}. */
final class SubscribeEndpoints {

  private final Rights rights;
  private final Topics topics;
  private final Subscriptions subscriptions;
  private final Calls calls;

  SubscribeEndpoints(Rights rights, Topics topics, Subscriptions subscriptions, Calls calls) {
    this.rights = rights;
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.calls = calls;
  }

  /** Subscribes; again does nothing. */
  void subscribe(TrafficExchange exchange, String definition) {
    String name = name(exchange);
    Topic topic = topic(definition, name);
    if (topic.type() == Topic.Type.QUEUE) {
      throw new ServiceException(
          400, name + " is a queue: name it in topics of /pubsub/messages/get");
    }
    calls.withoutBody(
        exchange,
        () -> {
          subscriptions.subscribe(definition, topic);
          Answers.ok(exchange, Answers.Members.NONE);
        });
  }

  /** Ends a subscription, with all messages in it; does nothing if there is none. */
  void unsubscribe(TrafficExchange exchange, String definition) {
    String name = name(exchange);
    Subscription subscription = subscriptions.find(definition, name);
    if (subscription == null) {
      topic(definition, name);
      Answers.ok(exchange, Answers.Members.NONE);
      return;
    }
    if (subscription.settings().isPresent()) {
      throw new ServiceException(
          409, "the subscription to " + name + " is configured: pubsub_subscription " + definition);
    }
    calls.withoutBody(
        exchange,
        () -> {
          subscriptions.unsubscribe(subscription);
          Answers.ok(exchange, Answers.Members.NONE);
        });
  }

  private static String name(TrafficExchange exchange) {
    String name = exchange.pathParameters().getOrDefault("topic", "");
    if (!TopicNames.isValid(name)) {
      throw new ServiceException(400, "topic_name: " + TopicNames.EXPECTED);
    }
    return name;
  }

  private Topic topic(String definition, String name) {
    if (!rights.maySubscribe(definition, name)) {
      throw new ServiceException(403, "you may not subscribe to " + name);
    }
    Topic topic = topics.find(name);
    if (topic == null) {
      throw new ServiceException(404, "there is no topic " + name + ", or it is not active");
    }
    return topic;
  }
}
