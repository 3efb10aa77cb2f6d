package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/** Lets a Camel route take no more messages, until it is started. */
@Service
@Command(
    scope = "serai",
    name = "route-stop",
    description = "Lets a Camel route take no more messages, until it is started",
    detailedDescription = "Example: serai:route-stop channel_rest/orders")
public final class RouteStopCommand extends RouteControl {

  /** Made by the container, for each line. */
  public RouteStopCommand() {
    super(RouteAction.STOP);
  }
}
