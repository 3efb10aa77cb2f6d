package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/** Lets a Camel route take messages again, by the name that users of Camel in Karaf know. */
@Service
@Command(
    scope = "camel",
    name = "route-start",
    description = "Lets a Camel route take messages again",
    detailedDescription = "Example: camel:route-start channel_rest/orders")
public final class CamelRouteStartCommand extends RouteControl {

  /** Made by the container, for each line. */
  public CamelRouteStartCommand() {
    super(RouteAction.START);
  }
}
