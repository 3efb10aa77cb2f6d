package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessageInfo.DeadInfo;
import org.jspecify.annotations.Nullable;

/** Shows one message with its data. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-get",
    description = "Shows a message with its data, without taking it",
    detailedDescription = "Example: serai:pubsub-get serai.dead/crm/orders.new 2147483652")
public final class PubsubGetCommand extends DataCommand {

  @Argument(name = "queue", description = "The queue's name", required = true)
  @Completion(QueueNameCompleter.class)
  private String queue;

  @Argument(index = 1, name = "number", description = "Its number in the queue", required = true)
  @Completion(MessageNumberCompleter.class)
  private long number;

  @Reference private Desk desk;

  @Override
  public @Nullable Object execute() throws DeskException {
    MessageInfo message = desk.message(queue, number);
    tell(
        message,
        () -> {
          facts(message).print(session());
          say("");
          say(message.data().orElse(""));
        });
    return null;
  }

  private static Facts facts(MessageInfo message) {
    Facts facts =
        new Facts()
            .with("Number", message.number())
            .with("Id", message.msgId())
            .with("Topic", message.topic())
            .with("Published", message.pubTime())
            .with("Publisher", message.publisher())
            .with("Cid", message.cid())
            .with("Priority", message.priority())
            .with("Expires", message.expirationTime())
            .with("Deliveries", message.deliveries())
            .with("Correlation", message.correlId())
            .with("In reply to", message.inReplyTo())
            .with("Client", message.extClientId())
            .with("Content type", message.contentType())
            .with("Format", message.format())
            .with("Size", message.size());
    message.properties().forEach((name, value) -> facts.with("." + name, value));
    if (message.dead().isPresent()) {
      DeadInfo why = message.dead().get();
      facts
          .with("Cause", why.cause())
          .with("Status", why.status())
          .with("Cid of the failure", why.cid())
          .with("Attempts", why.attempts())
          .with("First failure", why.firstAt())
          .with("Last failure", why.lastAt());
    }
    return facts;
  }
}
