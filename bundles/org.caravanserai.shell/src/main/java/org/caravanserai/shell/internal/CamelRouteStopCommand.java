package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/**
 * Lets a Camel route take no more messages, until it is started, by the name that users of Camel in
 * Karaf know.
 */
@Service
@Command(
    scope = "camel",
    name = "route-stop",
    description = "Lets a Camel route take no more messages, until it is started",
    detailedDescription = "Example: camel:route-stop channel_rest/orders")
public final class CamelRouteStopCommand extends RouteControl {

  /** Made by the container, for each line. */
  public CamelRouteStopCommand() {
    super(RouteAction.STOP);
  }
}
