package org.caravanserai.shell.internal;

import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.jspecify.annotations.Nullable;

/** Changes a message. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-edit",
    description = "Changes data or properties of a message; it goes to the end of its queue",
    detailedDescription =
        "Example: serai:pubsub-edit serai.dead/crm/orders.new 2147483652"
            + " '{\"data\":{\"item\":\"tea\"}}'\n\n"
            + "What may be changed: data (or data_base64), content_type, properties. The message"
            + " has another number then.")
public final class PubsubEditCommand implements Action {

  @Argument(name = "queue", description = "The queue's name", required = true)
  @Completion(QueueNameCompleter.class)
  private String queue;

  @Argument(index = 1, name = "number", description = "Its number in the queue", required = true)
  @Completion(MessageNumberCompleter.class)
  private long number;

  @Argument(index = 2, name = "change", description = "A JSON object", required = true)
  private String change;

  @Reference private Desk desk;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() throws DeskException {
    desk.edit(queue, number, change.getBytes(StandardCharsets.UTF_8));
    session.getConsole().println("Message " + number + " is changed");
    return null;
  }
}
