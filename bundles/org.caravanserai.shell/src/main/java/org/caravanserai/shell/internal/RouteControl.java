package org.caravanserai.shell.internal;

import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.jspecify.annotations.Nullable;

/** A command that starts, stops, suspends or resumes a Camel route. */
abstract class RouteControl extends RouteChoice {

  private final RouteAction action;

  RouteControl(RouteAction action) {
    this.action = action;
  }

  @Override
  public final @Nullable Object execute() throws RouteRefusedException {
    RouteInfo now = known(routes().run(id(), action));
    tell(now, () -> say(now.id() + " is " + now.state()));
    return null;
  }
}
