package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/** Lets a Camel route take no messages for a while, until it is resumed. */
@Service
@Command(
    scope = "serai",
    name = "route-suspend",
    description = "Lets a Camel route take no messages for a while, until it is resumed",
    detailedDescription = "Example: serai:route-suspend channel_rest/orders")
public final class RouteSuspendCommand extends RouteControl {

  /** Made by the container, for each line. */
  public RouteSuspendCommand() {
    super(RouteAction.SUSPEND);
  }
}
