package org.caravanserai.camel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.caravanserai.camel.internal.RouteDrawing;

/**
 * What is inside a route, as a graph.
 *
 * @param route the route
 * @param nodes its nodes, in the order in which its source has them
 * @param edges the ways between them
 */
public record RouteDiagram(RouteInfo route, List<RouteNode> nodes, List<RouteEdge> edges) {

  /**
   * Draws a route.
   *
   * @param info what is known of the route, whose figures are those of its beginning
   * @param figures what is known of a node
   */
  public static RouteDiagram of(
      CamelContext context,
      Route route,
      RouteInfo info,
      Function<NamedNode, Optional<NodeFigures>> figures) {
    return RouteDrawing.draw(context, route, info, figures);
  }

  /** Draws a route whose nodes nobody counts. */
  public static RouteDiagram of(CamelContext context, Route route, RouteInfo info) {
    return of(context, route, info, node -> Optional.empty());
  }
}
