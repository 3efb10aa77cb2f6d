package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.caravanserai.spi.ObjectAction;
import org.jspecify.annotations.Nullable;

/** Throws away the answers that a REST channel keeps. */
@Service
@Command(
    scope = "serai",
    name = "clear-cache",
    description = "Throws away the answers that a REST channel keeps",
    detailedDescription = "Example: serai:clear-cache orders")
public final class ClearCacheCommand implements Action {

  @Argument(name = "channel", description = "The channel's name", required = true)
  @Completion(RestChannelCompleter.class)
  private String channel;

  @Reference private List<ObjectAction> actions;

  @Reference private Session session;

  @Override
  public @Nullable Object execute() {
    String done =
        actions.stream()
            .filter(
                action ->
                    action.kind().equals("channel_rest") && action.name().equals("clear-cache"))
            .findFirst()
            .flatMap(action -> action.run(channel))
            .orElseThrow(
                () ->
                    new IllegalArgumentException("channel_rest " + channel + " keeps no answers"));
    session.getConsole().println(done);
    return null;
  }
}
