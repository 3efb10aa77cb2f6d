package org.caravanserai.pubsub.internal.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Delivery;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.pubsub.internal.Json;
import org.caravanserai.pubsub.internal.MessageJson;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.caravanserai.pubsub.internal.Rights;
import org.caravanserai.pubsub.internal.Subscription;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;

/** {@code POST /pubsub/messages/get}. */
final class FetchEndpoint implements Endpoint {

  private final PubSubSettings settings;
  private final Rights rights;
  private final Topics topics;
  private final Subscriptions subscriptions;
  private final Inboxes inboxes;
  private final Calls calls;

  FetchEndpoint(
      PubSubSettings settings,
      Rights rights,
      Topics topics,
      Subscriptions subscriptions,
      Inboxes inboxes,
      Calls calls) {
    this.settings = settings;
    this.rights = rights;
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.inboxes = inboxes;
    this.calls = calls;
  }

  @Override
  public void handle(TrafficExchange exchange, String definition) {
    calls.withBody(exchange, SettleEndpoint.LARGEST, body -> fetch(exchange, definition, body));
  }

  private void fetch(TrafficExchange exchange, String definition, byte[] body) {
    FetchRequest request = FetchRequest.of(Json.object(body), settings);
    List<String> queues =
        request.topics().isPresent() ? named(definition, request.topics().get()) : all(definition);
    Inbox inbox = inboxes.of(definition);
    inbox.fetch(new Fetch(queues, request, messages -> answer(exchange, inbox, request, messages)));
  }

  /** The queues of all subscriptions from which the caller may receive and fetches himself. */
  private List<String> all(String definition) {
    List<Subscription> mine =
        subscriptions.of(definition).stream().filter(each -> !each.isPush()).toList();
    if (mine.isEmpty()) {
      throw new ServiceException(
          404, "there is no subscription of " + definition + " to fetch from");
    }
    List<String> queues =
        mine.stream()
            .filter(each -> rights.maySubscribe(definition, each.topic()))
            .map(Subscription::queue)
            .toList();
    if (queues.isEmpty()) {
      throw new ServiceException(
          403, "you may not receive from anything that you are subscribed to any more");
    }
    return queues;
  }

  private List<String> named(String definition, List<String> names) {
    Set<String> queues = new LinkedHashSet<>();
    for (String name : names) {
      if (!rights.maySubscribe(definition, name)) {
        throw new ServiceException(403, "you may not receive from " + name);
      }
      queues.add(queue(definition, name));
    }
    return new ArrayList<>(queues);
  }

  private String queue(String definition, String name) {
    Subscription mine = subscriptions.find(definition, name);
    if (mine != null && mine.isPush()) {
      throw new ServiceException(409, "the messages of " + name + " are pushed");
    }
    Topic topic = topics.find(name);
    if (mine == null && topic != null && topic.type() == Topic.Type.QUEUE) {
      return topic.name();
    }
    if (mine == null) {
      throw new ServiceException(
          404,
          topic == null
              ? "there is no topic or queue " + name
              : "you are not subscribed to " + name);
    }
    return mine.queue();
  }

  private static void answer(
      TrafficExchange exchange, Inbox inbox, FetchRequest request, List<Delivery> messages) {
    byte[] document;
    try {
      document = Answers.document(exchange, size(messages), out -> write(out, messages));
    } catch (RuntimeException e) {
      release(inbox, request, messages);
      Answers.attempt(
          exchange,
          () -> {
            throw e;
          });
      return;
    }
    exchange.answerTold(
        200,
        Answers.JSON,
        document,
        written -> {
          if (request.lease().isEmpty()) {
            inbox.sent(messages, written);
          } else if (!written) {
            inbox.lost(messages);
          }
        });
  }

  private static void release(Inbox inbox, FetchRequest request, List<Delivery> messages) {
    if (request.lease().isEmpty()) {
      inbox.sent(messages, false);
    } else {
      inbox.lost(messages);
    }
  }

  private static int size(List<Delivery> messages) {
    long size = 0;
    for (Delivery each : messages) {
      size += each.message().data().length + 512L;
    }
    return (int) Math.min(size, Integer.MAX_VALUE / 2);
  }

  private static void write(JsonGenerator out, List<Delivery> messages) throws IOException {
    out.writeNumberField("message_count", messages.size());
    out.writeArrayFieldStart("messages");
    for (Delivery each : messages) {
      MessageJson.write(out, each.message(), MessageJson.Attempt.of(each));
    }
    out.writeEndArray();
  }
}
