package org.caravanserai.camel.internal;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;

/** The routes of one Camel context, made and removed one at a time. */
final class CamelRoutes {

  private final CamelContext context;
  private final ChannelComponent channels;
  private final ExecutorService executor;

  /**
   * Routes of a context that has been started.
   *
   * @param executor runs what is done when the last call has left a route
   */
  CamelRoutes(CamelContext context, ChannelComponent channels, ExecutorService executor) {
    this.context = context;
    this.channels = channels;
    this.executor = executor;
  }

  /** Runs what is done when the last call has left a route. */
  Executor executor() {
    return executor;
  }

  /**
   * Makes the route from an entrance to a service.
   *
   * @param start whether it is started
   */
  void add(RouteEntrance entrance, String service, boolean start) {
    try {
      context.addRoutes(
          new RouteBuilder(context) {
            @Override
            public void configure() {
              // A failure goes to the caller: nobody wants Camel to log it as well.
              from(channels.endpoint(entrance))
                  .routeId(entrance.id())
                  .autoStartup(start)
                  .errorHandler(noErrorHandler())
                  .to("service:" + service);
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(
          "route " + entrance.id() + " could not be made: " + e.getMessage(), e);
    }
  }

  /** What Camel knows of the route behind an entrance; empty if the context has ended. */
  Optional<RouteInfo> look(RouteEntrance entrance, String channel) {
    return Optional.ofNullable(context.getRoute(entrance.id()))
        .map(route -> RouteInfo.ofChannel(context, route, channel));
  }

  /** What is inside the route behind an entrance; empty if the context has ended. */
  Optional<RouteDiagram> diagram(RouteEntrance entrance, String channel) {
    return Optional.ofNullable(context.getRoute(entrance.id()))
        .map(
            route -> RouteDiagram.of(context, route, RouteInfo.ofChannel(context, route, channel)));
  }

  /**
   * Lets the route behind an entrance take calls, or no more.
   *
   * @throws RouteRefusedException if Camel can't
   */
  void run(RouteEntrance entrance, RouteAction action) throws RouteRefusedException {
    action.run(context.getRouteController(), entrance.id());
  }

  /** Stops and removes the route behind an entrance. */
  void remove(RouteEntrance entrance) {
    if (context.isStopping() || context.isStopped()) {
      return;
    }
    try {
      context.getRouteController().stopRoute(entrance.id());
      context.removeRoute(entrance.id());
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
