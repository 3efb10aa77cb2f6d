package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/**
 * Lets a suspended or stopped Camel route take messages again, by the name that users of Camel in
 * Karaf know.
 */
@Service
@Command(
    scope = "camel",
    name = "route-resume",
    description = "Lets a suspended or stopped Camel route take messages again",
    detailedDescription = "Example: camel:route-resume channel_rest/orders")
public final class CamelRouteResumeCommand extends RouteControl {

  /** Made by the container, for each line. */
  public CamelRouteResumeCommand() {
    super(RouteAction.RESUME);
  }
}
