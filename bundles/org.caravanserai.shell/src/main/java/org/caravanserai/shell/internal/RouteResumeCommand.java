package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.camel.RouteAction;

/** Lets a suspended or stopped Camel route take messages again. */
@Service
@Command(
    scope = "serai",
    name = "route-resume",
    description = "Lets a suspended or stopped Camel route take messages again",
    detailedDescription = "Example: serai:route-resume channel_rest/orders")
public final class RouteResumeCommand extends RouteControl {

  /** Made by the container, for each line. */
  public RouteResumeCommand() {
    super(RouteAction.RESUME);
  }
}
