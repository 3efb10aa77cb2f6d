package org.caravanserai.routes.internal;

import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** Where a processor is in the routes of its file. */
final class RoutePlace {

  private final @Nullable RouteDefinition route;
  private final NamedNode node;
  private final boolean isFirst;

  /**
   * The place of a processor.
   *
   * @param route the route; {@code null} for what stands beside all routes of the file
   */
  RoutePlace(@Nullable RouteDefinition route, NamedNode node) {
    this.route = route;
    this.node = node;
    isFirst =
        route != null
            && route.getOutputs().stream()
                .filter(each -> !each.isAbstract())
                .findFirst()
                .filter(each -> each == node)
                .isPresent();
  }

  /** The id of the route; empty for what stands beside all routes. */
  String route() {
    return route == null ? "" : route.getRouteId();
  }

  /** The id of the processor. */
  String node() {
    return String.valueOf(node.getId());
  }

  /** What the processor is. */
  String kind() {
    return node.getShortName();
  }

  /** Whether exchanges come here first in the route. */
  boolean isFirst() {
    return isFirst;
  }

  /** Whether it is in the route itself, and in no other processor. */
  boolean isOutermost() {
    return route != null && node.getParent() == route;
  }
}
