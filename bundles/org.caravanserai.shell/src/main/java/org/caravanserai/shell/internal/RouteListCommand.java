package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.Routes;
import org.jspecify.annotations.Nullable;

/** Lists Camel routes. */
@Service
@Command(
    scope = "serai",
    name = "route-list",
    description = "Lists the Camel routes of channels and files, and what they have done",
    detailedDescription =
        "Example: serai:route-list orders\n\n"
            + "A route of a channel is KIND/NAME, one of a file is FILE#ROUTE.")
public final class RouteListCommand extends DataCommand {

  @Argument(
      name = "context",
      description = "Only those of that Camel context: serai-channels, or that of a deployment")
  @Completion(CamelContextCompleter.class)
  private @Nullable String context;

  @Reference private Routes routes;

  @Override
  public @Nullable Object execute() {
    List<RouteInfo> found =
        routes.list().stream()
            .filter(route -> context == null || route.context().equals(context))
            .toList();
    tell(found, RouteTable.of(found));
    return null;
  }
}
