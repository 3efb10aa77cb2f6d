package org.caravanserai.pubsub.internal.http;

import java.util.List;
import java.util.Optional;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.pubsub.internal.BrokerFaults;
import org.caravanserai.pubsub.internal.Publications;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.Topic;

/** {@code POST /pubsub/topic/{topic}}: answered once the messages are safe on the disk. */
final class PublishEndpoint implements Endpoint {

  /** What may stand around the data of a message. */
  private static final int ENVELOPE = 64 * 1024;

  private final Publisher publisher;
  private final Calls calls;

  PublishEndpoint(Publisher publisher, Calls calls) {
    this.publisher = publisher;
    this.calls = calls;
  }

  @Override
  public void handle(TrafficExchange exchange, String definition) {
    Topic topic =
        publisher.target(
            Optional.of(definition), exchange.pathParameters().getOrDefault("topic", ""));
    int limit = (int) Math.min((long) topic.maxMessageSize() + ENVELOPE, Integer.MAX_VALUE - 8);
    calls.withBody(exchange, limit, body -> publish(exchange, definition, topic, body));
  }

  private void publish(TrafficExchange exchange, String definition, Topic topic, byte[] body) {
    Publications asked =
        Publications.read(
            body, new Publications.Origin(topic.name(), Optional.of(definition), exchange.cid()));
    publisher.publish(
        topic,
        asked.messages(),
        new Confirmation() {
          @Override
          public void confirmed() {
            answer(exchange, asked);
          }

          @Override
          public void failed(BrokerException failure) {
            Answers.refuse(exchange, BrokerFaults.of(failure));
          }
        });
  }

  private static void answer(TrafficExchange exchange, Publications published) {
    List<Message> messages = published.messages();
    Answers.ok(
        exchange,
        out -> {
          if (!published.batch()) {
            out.writeStringField("msg_id", messages.get(0).id());
            return;
          }
          out.writeArrayFieldStart("msg_ids");
          for (Message each : messages) {
            out.writeString(each.id());
          }
          out.writeEndArray();
        });
  }
}
