package org.caravanserai.management.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.caravanserai.management.DeletedAnswer;
import org.caravanserai.management.PublishedAnswer;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.QueueStatus;
import org.caravanserai.pubsub.TopicStatus;
import org.caravanserai.security.Operation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Topics and queues of publish/subscribe: list, publish a test message, clear. */
@Component(service = Resource.class)
public final class PubSubResource implements Resource {

  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

  private final Desk desk;
  private final Listing<TopicStatus> topics =
      new Listing<TopicStatus>(each -> Stream.of(each.name()))
          .by("name", TopicStatus::name)
          .by("isNearlyFull", each -> Boolean.toString(each.isNearlyFull()))
          .sortedBy("subscriptions", TopicStatus::subscriptions)
          .sortedBy("depth", TopicStatus::depth);
  private final Listing<QueueStatus> queues =
      new Listing<QueueStatus>(each -> Stream.of(each.name()))
          .by("name", QueueStatus::name)
          .by("kind", QueueStatus::kind)
          .by("topic", QueueStatus::topic)
          .by("owner", each -> each.owner().orElse(""))
          .by("isNearlyFull", each -> Boolean.toString(each.isNearlyFull()))
          .sortedBy("depth", QueueStatus::depth)
          .sortedBy("dead", QueueStatus::dead)
          .sortedBy("consumers", QueueStatus::consumers)
          .sortedBy("inRate", QueueStatus::inRate)
          .sortedBy("outRate", QueueStatus::outRate)
          .sortedBy("oldestSeconds", each -> each.oldestSeconds().orElse(0L));

  /** Made by the container. */
  @Activate
  public PubSubResource(@Reference Desk desk) {
    this.desk = desk;
  }

  @Override
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of(
                "GET",
                "/api/v1/pubsub/topics",
                Operation.PUBSUB_READ,
                "the topics of publish/subscribe, and how many messages wait",
                exchange -> exchange.json(200, topics.page(desk.topics(), exchange.query())))
            .with(topics.parameters())
            .answers(200, new PageOf(TopicStatus.class)),
        ApiOperation.of(
                "GET",
                "/api/v1/pubsub/queues",
                Operation.PUBSUB_READ,
                "all queues, those of dead letters too: depth, consumers, rates, age",
                exchange -> exchange.json(200, queues.page(desk.queues(), exchange.query())))
            .with(queues.parameters())
            .answers(200, new PageOf(QueueStatus.class)),
        ApiOperation.of(
                "POST",
                "/api/v1/pubsub/publish",
                Operation.PUBSUB_WRITE,
                "publishes a message to a topic or queue; body: as for POST /pubsub/topic/{topic}",
                this::publish)
            .with(List.of(QueryParameter.text("topic", "the topic or queue")))
            .takes("application/json", Map.of("type", "object"))
            .answers(201, PublishedAnswer.class)
            .refuses(404, 413, 429, 503, 507),
        ApiOperation.of(
                "POST",
                "/api/v1/pubsub/clear",
                Operation.PUBSUB_WRITE,
                "deletes all messages of a queue that nobody is working on",
                this::clear)
            .with(
                List.of(
                    PubSubQueries.QUEUE,
                    QueryParameter.text(
                        "confirm", "the queue's name once more, or how many messages are in it")))
            .answers(200, DeletedAnswer.class)
            .refuses(404, 422, 507));
  }

  private void publish(ApiExchange exchange) throws IOException, Problem {
    String topic = PubSubQueries.required(exchange, "topic");
    String id =
        PubSubQueries.await(desk.publish(topic, exchange.body(LARGEST_MESSAGE), exchange.cid()));
    exchange.json(201, new PublishedAnswer(topic, id));
  }

  private void clear(ApiExchange exchange) throws IOException, Problem {
    String queue = PubSubQueries.queue(exchange);
    String confirmation = exchange.query().text("confirm").orElse("");
    try {
      exchange.json(200, new DeletedAnswer(desk.clear(queue, confirmation)));
    } catch (DeskException e) {
      throw PubSubQueries.problem(e);
    }
  }
}
