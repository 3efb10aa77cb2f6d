package org.caravanserai.camel.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.camel.ChannelStoppedException;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of one channel: its current route, and older ones that are still being left. */
final class ChannelSite {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelSite.class);

  private final String id;
  private final CamelRoutes routes;
  private final List<RouteEntrance> standing = new ArrayList<>();
  private final Set<OpenRoute> open = new HashSet<>();
  private @Nullable OpenRoute current;
  private int opened;

  /** Whether an operator wants no calls, which holds for each route that comes to stand here. */
  private boolean held;

  /**
   * An empty place.
   *
   * @param id the channel's kind and name, {@code kind/name}
   */
  ChannelSite(String id, CamelRoutes routes) {
    this.id = id;
    this.routes = routes;
  }

  /** The channel's kind and name. */
  String id() {
    return id;
  }

  /** Sends new calls to a service; through the Camel route that goes there, if one is running. */
  synchronized OpenRoute open(String service) {
    OpenRoute last = current;
    RouteEntrance entrance =
        last != null && last.service().equals(service) && isAsWanted(last.entrance())
            ? last.entrance()
            : stand(nextId(), service);
    OpenRoute route = new OpenRoute(this, service, entrance);
    open.add(route);
    current = route;
    return route;
  }

  private boolean isAsWanted(RouteEntrance entrance) {
    return (entrance.consumer() == null) == held;
  }

  /** The channel's route, which is known by the proper id even while it has a provisional one. */
  synchronized Optional<RouteInfo> look() {
    OpenRoute route = current;
    return route == null ? Optional.empty() : routes.look(route.entrance(), id);
  }

  /** What is inside the channel's route. */
  synchronized Optional<RouteDiagram> diagram() {
    OpenRoute route = current;
    return route == null ? Optional.empty() : routes.diagram(route.entrance(), id);
  }

  /**
   * Does what an operator wants, with the route that stands here and those to come.
   *
   * @return the route afterwards; empty if the channel has been removed
   * @throws RouteRefusedException if Camel can't
   */
  synchronized Optional<RouteInfo> run(RouteAction action) throws RouteRefusedException {
    OpenRoute route = current;
    if (route == null) {
      return Optional.empty();
    }
    routes.run(route.entrance(), action);
    held = !action.isOpening();
    return routes.look(route.entrance(), id);
  }

  /** The route that calls go through which were meant for one that is closed. */
  synchronized OpenRoute successorOf(OpenRoute closed) throws ChannelStoppedException {
    if (current == null || current == closed) {
      throw new ChannelStoppedException("channel " + id + " has been removed");
    }
    return current;
  }

  /** Lets the calls in a route end, and removes it then, unless another goes the same way. */
  synchronized void close(OpenRoute route) {
    if (!open.remove(route)) {
      return;
    }
    if (current == route) {
      current = null;
      held = false;
    }
    if (open.stream().noneMatch(other -> other.entrance() == route.entrance())) {
      retire(route.entrance());
    }
  }

  private String nextId() {
    opened++;
    return standing.isEmpty() ? id : id + "~" + opened;
  }

  private RouteEntrance stand(String routeId, String service) {
    RouteEntrance entrance = new RouteEntrance(routeId);
    routes.add(entrance, service, !held);
    standing.add(entrance);
    return entrance;
  }

  private void retire(RouteEntrance entrance) {
    entrance.retire().thenRunAsync(() -> left(entrance), routes.executor());
  }

  private synchronized void left(RouteEntrance entrance) {
    try {
      standing.remove(entrance);
      routes.remove(entrance);
      OpenRoute route = current;
      if (route != null && standing.stream().noneMatch(other -> other.id().equals(id))) {
        takeProperId(route);
      }
    } catch (RuntimeException e) {
      LOG.error("Route {} could not be removed: {}", entrance.id(), e.getMessage(), e);
    }
  }

  private void takeProperId(OpenRoute route) {
    RouteEntrance provisional = route.entrance();
    RouteEntrance proper = stand(id, route.service());
    open.stream()
        .filter(other -> other.entrance() == provisional)
        .forEach(other -> other.moveTo(proper));
    retire(provisional);
  }
}
