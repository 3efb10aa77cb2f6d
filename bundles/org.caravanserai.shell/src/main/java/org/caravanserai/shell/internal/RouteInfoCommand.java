package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteInfo;
import org.jspecify.annotations.Nullable;

/** Tells of a Camel route. */
@Service
@Command(
    scope = "serai",
    name = "route-info",
    description = "Tells what a Camel route is and what it has done",
    detailedDescription = "Example: serai:route-info orders#main")
public final class RouteInfoCommand extends RouteChoice {

  @Override
  public @Nullable Object execute() {
    RouteInfo route = known(routes().find(id()));
    tell(route, () -> RouteTable.facts(route).print(session()));
    return null;
  }
}
