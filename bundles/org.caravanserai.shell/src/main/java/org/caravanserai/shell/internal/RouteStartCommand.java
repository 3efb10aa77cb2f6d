package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/** Lets a Camel route take messages again. */
@Service
@Command(
    scope = "serai",
    name = "route-start",
    description = "Lets a Camel route take messages again",
    detailedDescription = "Example: serai:route-start channel_rest/orders")
public final class RouteStartCommand extends RouteControl {

  /** Made by the container, for each line. */
  public RouteStartCommand() {
    super(RouteAction.START);
  }
}
