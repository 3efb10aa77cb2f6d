package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessagePage;
import org.caravanserai.pubsub.QueueStatus;
import org.jspecify.annotations.Nullable;

/** Lists dead letters. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-dead",
    description = "Lists the messages that could not be delivered, and why",
    detailedDescription =
        "Example: serai:pubsub-dead crm/orders.new --from 2026-01-31T12:00:00Z\n\n"
            + "Without a queue: which queues have dead letters.")
public final class PubsubDeadCommand extends MessageSearchCommand {

  @Argument(name = "queue", description = "Those of this queue")
  @Completion(DeadQueueCompleter.class)
  private @Nullable String queue;

  @Option(name = "--offset", description = "How many to leave out")
  private int offset;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Override
  public @Nullable Object execute() throws DeskException {
    if (queue == null) {
      queues();
    } else {
      letters(queue);
    }
    return null;
  }

  private void queues() {
    List<QueueStatus> found =
        desk().queues().stream()
            .filter(each -> each.kind().equals("dead") && each.depth() > 0)
            .toList();
    var table = new Table("Queue", "Dead letters").whenEmpty("There is no dead letter");
    found.forEach(each -> table.row(DeadWords.source(each.name()), each.depth()));
    tell(found, table);
  }

  private void letters(String of) throws DeskException {
    MessagePage page = desk().messages(DeadWords.dead(of), search(), offset, limit);
    var table =
        new Table("Number", "Id", "Failed", "Attempts", "Status", "Cause")
            .whenEmpty("There is no such dead letter");
    for (MessageInfo message : page.items()) {
      table.row(
          message.number(),
          message.msgId(),
          message.dead().map(why -> why.lastAt().toString()).orElse(""),
          message.dead().map(why -> why.attempts()).orElse(0L),
          message.dead().map(why -> why.status()).orElse(0L),
          message.dead().map(why -> why.cause()).orElse(""));
    }
    tell(
        page,
        () -> {
          table.print(session());
          if (page.hasMore()) {
            say("There are more: --offset " + (offset + page.items().size()));
          }
        });
  }
}
