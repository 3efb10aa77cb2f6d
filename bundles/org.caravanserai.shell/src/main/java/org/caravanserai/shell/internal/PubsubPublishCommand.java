package org.caravanserai.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.management.ApiJson;
import org.caravanserai.management.PublishedAnswer;
import org.caravanserai.pubsub.Desk;
import org.caravanserai.runtime.Invoker;
import org.jspecify.annotations.Nullable;

/** Publishes a message. */
@Service
@Command(
    scope = "serai",
    name = "pubsub-publish",
    description = "Publishes a message to a topic or queue",
    detailedDescription =
        "Example: serai:pubsub-publish orders.new '{\"item\":\"tea\"}' --priority 9\n\n"
            + "Data that is JSON is published as JSON, other data as text.")
public final class PubsubPublishCommand extends DataCommand {

  private static final int PATIENCE_SECONDS = 60;

  @Argument(name = "topic", description = "The topic or queue", required = true)
  @Completion(TopicNameCompleter.class)
  private String topic;

  @Argument(index = 1, name = "data", description = "JSON or text", required = true)
  private String data;

  @Option(name = "--text", description = "Publish as text what could be JSON, too")
  private boolean text;

  @Option(name = "--priority", description = "From 0 to 9, 9 first")
  private int priority = 5;

  @Reference private Desk desk;

  @Reference private Invoker invoker;

  @Override
  public @Nullable Object execute() throws InterruptedException, TimeoutException {
    String request =
        "{\"priority\":" + priority + ",\"data\":" + (isDocument(data) ? data : quoted()) + "}";
    try {
      String id =
          desk.publish(topic, request.getBytes(StandardCharsets.UTF_8), invoker.newCid())
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      tell(new PublishedAnswer(topic, id), () -> say(id));
      return null;
    } catch (ExecutionException e) {
      String reason =
          e.getCause() instanceof ServiceException told
              ? told.details()
              : String.valueOf(e.getCause());
      throw new IllegalStateException(reason, e);
    }
  }

  private String quoted() {
    return ApiJson.text(data);
  }

  private boolean isDocument(String typed) {
    try {
      return !text && !ApiJson.read(typed).isMissingNode() && !ApiJson.read(typed).isNull();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
