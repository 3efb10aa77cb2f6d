package org.caravanserai.shell.internal;

import java.io.IOException;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.DeletedAnswer;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.jspecify.annotations.Nullable;

/** Deletes messages. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-delete",
    description = "Deletes messages of a queue, by their numbers",
    detailedDescription =
        "Example: serai:pubsub-delete --yes serai.dead/crm/orders.new 2147483652 2147483653")
public final class PubsubDeleteCommand extends DataCommand {

  @Argument(name = "queue", description = "The queue's name", required = true)
  @Completion(QueueNameCompleter.class)
  private String queue;

  @Argument(
      index = 1,
      name = "numbers",
      description = "Their numbers in the queue",
      required = true,
      multiValued = true)
  @Completion(MessageNumberCompleter.class)
  private List<String> numbers;

  @Option(name = "--yes", description = "Do not ask")
  private boolean yes;

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() throws DeskException, IOException {
    List<Long> chosen = DeadWords.numbers(numbers);
    if (!Assent.to(session(), yes, "Delete " + chosen.size() + " messages of " + queue + "?")) {
      return null;
    }
    int deleted = desk.delete(queue, chosen);
    if (deleted < chosen.size() && !isJson()) {
      say(chosen.size() - deleted + " are not there any more, or are being delivered");
    }
    tell(new DeletedAnswer(deleted), () -> say(deleted + " deleted"));
    return null;
  }
}
