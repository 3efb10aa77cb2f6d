package org.caravanserai.shell.internal;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.DeletedAnswer;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.QueueStatus;
import org.jspecify.annotations.Nullable;

/** Deletes all messages of a queue. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-clear",
    description = "Deletes all messages of a queue that nobody is working on",
    detailedDescription = "Example: serai:pubsub-clear --yes crm/orders.new")
public final class PubsubClearCommand extends DataCommand {

  @Argument(name = "queue", description = "The queue's name", required = true)
  @Completion(QueueNameCompleter.class)
  private String queue;

  @Option(name = "--yes", description = "Do not ask")
  private boolean yes;

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() throws DeskException, IOException {
    QueueStatus status =
        desk.queue(queue)
            .orElseThrow(() -> new IllegalArgumentException("There is no queue " + queue));
    if (!Assent.to(
        session(), yes, "Delete the " + status.depth() + " messages of " + queue + "?")) {
      return null;
    }
    long deleted = desk.clear(queue, queue);
    tell(new DeletedAnswer(deleted), () -> say(deleted + " deleted"));
    return null;
  }
}
