package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.QueueStatus;
import org.caravanserai.pubsub.QueueStatus.PushInfo;
import org.jspecify.annotations.Nullable;

/** Lists queues, or tells of one. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-queues",
    description = "Lists the queues of publish/subscribe, or tells of one",
    detailedDescription =
        "Example: serai:pubsub-queues crm/orders.new\n\n"
            + "A subscription's queue is DEFINITION/TOPIC, that of a service is"
            + " serai.service/SERVICE, dead letters of a queue are in serai.dead/QUEUE.")
public final class PubsubQueuesCommand extends DataCommand {

  @Argument(name = "queue", description = "Only this one, with all that is known of it")
  @Completion(QueueNameCompleter.class)
  private @Nullable String queue;

  @Option(
      name = "--kind",
      description = "Only of this kind: subscription, queue, service, dead or client")
  @Completion(
      value = StringsCompleter.class,
      values = {"subscription", "queue", "service", "dead", "client"})
  private @Nullable String kind;

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() {
    if (queue != null) {
      QueueStatus found =
          desk.queue(queue)
              .orElseThrow(() -> new IllegalArgumentException("There is no queue " + queue));
      tell(found, () -> facts(found).print(session()));
      return null;
    }
    List<QueueStatus> found =
        desk.queues().stream().filter(each -> kind == null || each.kind().equals(kind)).toList();
    var table =
        new Table("Queue", "Kind", "Depth", "Delivering", "Consumers", "In/s", "Out/s", "Dead")
            .whenEmpty("There is no queue");
    for (QueueStatus each : found) {
      table.row(
          each.name(),
          each.kind(),
          each.depth(),
          each.delivering(),
          each.consumers(),
          each.inRate(),
          each.outRate(),
          each.dead());
    }
    tell(found, table);
    return null;
  }

  private static Facts facts(QueueStatus queue) {
    Facts facts =
        new Facts()
            .with("Queue", queue.name())
            .with("Kind", queue.kind())
            .with("Topic", queue.topic())
            .with("Owner", queue.owner())
            .with("Filter", queue.filter())
            .with("Takes messages", queue.enabled() ? "yes" : "no")
            .with("Depth", queue.depth())
            .with("Delivering", queue.delivering())
            .with("Consumers", queue.consumers())
            .with("Oldest", queue.oldestSeconds().map(seconds -> Span.of(seconds * 1000)))
            .with("In a second", queue.inRate())
            .with("Out a second", queue.outRate())
            .with("Come", queue.added())
            .with("Acknowledged", queue.acknowledged())
            .with("Dead letters", queue.dead());
    if (queue.push().isPresent()) {
      PushInfo push = queue.push().get();
      facts
          .with("Pushed now", push.running())
          .with("Waiting to be tried again", push.waiting())
          .with("Delivered", push.delivered())
          .with("Failed attempts", push.failures())
          .with("Last failure", push.lastFailure());
    }
    return facts;
  }
}
