package org.caravanserai.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.Routes;

/** A command about one Camel route. */
abstract class RouteChoice extends DataCommand {

  @Argument(
      name = "route",
      description = "The route's id: KIND/NAME of a channel, FILE#ROUTE of a file",
      required = true)
  @Completion(RouteCompleter.class)
  private String route;

  @Reference private Routes routes;

  /** The id that was typed. */
  final String id() {
    return route;
  }

  final Routes routes() {
    return routes;
  }

  /** The route, or why there is none. */
  final RouteInfo known(Optional<RouteInfo> found) {
    return found.orElseThrow(() -> new IllegalArgumentException("There is no route " + route));
  }
}
