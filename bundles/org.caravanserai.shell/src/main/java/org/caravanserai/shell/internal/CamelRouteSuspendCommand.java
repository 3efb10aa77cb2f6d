package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/**
 * Lets a Camel route take no messages for a while, until it is resumed, by the name that users of
 * Camel in Karaf know.
 */
@Service
@Command(
    scope = "camel",
    name = "route-suspend",
    description = "Lets a Camel route take no messages for a while, until it is resumed",
    detailedDescription = "Example: camel:route-suspend channel_rest/orders")
public final class CamelRouteSuspendCommand extends RouteControl {

  /** Made by the container, for each line. */
  public CamelRouteSuspendCommand() {
    super(RouteAction.SUSPEND);
  }
}
