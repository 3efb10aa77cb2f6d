package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessagePage;
import org.jspecify.annotations.Nullable;

/** Lists messages of a queue. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-browse",
    description = "Lists messages of a queue, without taking them",
    detailedDescription = "Example: serai:pubsub-browse crm/orders.new --text ORD-17 --limit 10")
public final class PubsubBrowseCommand extends MessageSearchCommand {

  @Argument(name = "queue", description = "The queue's name", required = true)
  @Completion(QueueNameCompleter.class)
  private String queue;

  @Option(name = "--offset", description = "How many to leave out")
  private int offset;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Override
  public @Nullable Object execute() throws DeskException {
    MessagePage page = desk().messages(queue, search(), offset, limit);
    Table table = table();
    page.items().forEach(message -> row(table, message));
    tell(
        page,
        () -> {
          table.print(session());
          if (page.hasMore()) {
            say("There are more: --offset " + (offset + page.items().size()));
          }
        });
    return null;
  }
}
