package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.TopicStatus;
import org.jspecify.annotations.Nullable;

/** Lists the topics. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-topics",
    description = "Lists the topics of publish/subscribe",
    detailedDescription = "Example: serai:pubsub-topics --json")
public final class PubsubTopicsCommand extends DataCommand {

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() {
    List<TopicStatus> topics = desk.topics();
    var table =
        new Table("Topic", "Subscriptions", "Deepest", "Max depth", "Shared over")
            .whenEmpty("There is no topic");
    for (TopicStatus topic : topics) {
      table.row(
          topic.name(), topic.subscriptions(), topic.depth(), topic.maxDepth(), shared(topic));
    }
    tell(topics, table);
    return null;
  }

  private static String shared(TopicStatus topic) {
    return topic
        .remote()
        .map(
            remote ->
                remote.broker()
                    + (remote.connected() ? "" : ", not connected")
                    + (remote.waiting() == 0 ? "" : ", " + remote.waiting() + " wait"))
        .orElse("");
  }
}
