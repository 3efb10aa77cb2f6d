package org.caravanserai.camel.internal;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.camel.ChannelStoppedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of one channel: its current route, and older ones that are still being left. */
final class ChannelSite {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelSite.class);

  private final String id;
  private final CamelRoutes routes;
  private final List<RouteEntrance> standing = new ArrayList<>();
  private @Nullable OpenRoute current;
  private int opened;

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

  /** Makes a route and sends new calls through it. */
  synchronized OpenRoute open(String service) {
    opened++;
    String routeId = standing.isEmpty() ? id : id + "~" + opened;
    OpenRoute route = new OpenRoute(this, service, stand(routeId, service));
    current = route;
    return route;
  }

  /** The route that calls go through which were meant for one that is closed. */
  synchronized OpenRoute successorOf(OpenRoute closed) throws ChannelStoppedException {
    if (current == null || current == closed) {
      throw new ChannelStoppedException("channel " + id + " has been removed");
    }
    return current;
  }

  /** Lets the calls in a route end, and removes it then. */
  synchronized void close(OpenRoute route) {
    if (current == route) {
      current = null;
    }
    if (standing.contains(route.entrance())) {
      retire(route.entrance());
    }
  }

  private RouteEntrance stand(String routeId, String service) {
    RouteEntrance entrance = new RouteEntrance(routeId);
    routes.add(entrance, service);
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
    route.moveTo(stand(id, route.service()));
    retire(provisional);
  }
}
