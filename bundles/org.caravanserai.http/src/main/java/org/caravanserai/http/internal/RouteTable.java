package org.caravanserai.http.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.caravanserai.http.PathTemplate.Segment;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** All routes, by path and method. Immutable. */
final class RouteTable {

  /** A table without routes. */
  static final RouteTable EMPTY = new RouteTable(Map.of(), Map.of(), PathNode.EMPTY);

  private final Map<String, MethodTable> literals;

  /** The routes that yield: those of a path count while nothing is at that path above. */
  private final Map<String, MethodTable> yielding;

  private final PathNode templates;

  private RouteTable(
      Map<String, MethodTable> literals, Map<String, MethodTable> yielding, PathNode templates) {
    this.literals = literals;
    this.yielding = yielding;
    this.templates = templates;
  }

  /**
   * The best of the routes that take a method, match a path and answer what the caller accepts.
   *
   * @param headers the request's, which say what the caller accepts
   * @param path the path, decoded, without dot segments
   */
  @Nullable Match find(String method, String path, HttpFields headers) {
    MethodTable routes = at(path);
    Match literal = routes == null ? null : routes.find(method, headers);
    if (literal != null) {
      return literal;
    }
    List<String> values = new ArrayList<>(4);
    Match match = templates.find(method, headers, path, 1, values);
    return match == null ? null : match.with(parameters(match.route(), values));
  }

  private @Nullable MethodTable at(String path) {
    MethodTable routes = literals.get(path);
    return routes == null && !yielding.isEmpty() ? yielding.get(path) : routes;
  }

  /** The methods of all routes that match a path, sorted; empty if none does. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    MethodTable routes = at(path);
    if (routes != null) {
      routes.methodsInto(methods);
    }
    templates.methodsInto(path, 1, methods);
    return methods;
  }

  /** A table with one route more. */
  RouteTable with(TrafficRoute route) throws RouteConflictException {
    if (route.yields()) {
      return new RouteTable(literals, with(yielding, route), templates);
    }
    return route.path().isLiteral()
        ? new RouteTable(with(literals, route), yielding, templates)
        : new RouteTable(literals, yielding, templates.with(route, 0));
  }

  private static Map<String, MethodTable> with(Map<String, MethodTable> paths, TrafficRoute route)
      throws RouteConflictException {
    Map<String, MethodTable> next = new HashMap<>(paths);
    String path = route.path().toString();
    next.put(path, next.getOrDefault(path, MethodTable.EMPTY).with(route));
    return next;
  }

  /** A table without a route. */
  RouteTable without(TrafficRoute route) {
    if (route.yields()) {
      return new RouteTable(literals, without(yielding, route), templates);
    }
    return route.path().isLiteral()
        ? new RouteTable(without(literals, route), yielding, templates)
        : new RouteTable(literals, yielding, templates.without(route, 0));
  }

  private static Map<String, MethodTable> without(
      Map<String, MethodTable> paths, TrafficRoute route) {
    Map<String, MethodTable> next = new HashMap<>(paths);
    next.computeIfPresent(
        route.path().toString(),
        (path, routes) -> {
          MethodTable rest = routes.without(route);
          return rest.isEmpty() ? null : rest;
        });
    return next;
  }

  private static Map<String, String> parameters(TrafficRoute route, List<String> values) {
    Map<String, String> parameters = new HashMap<>();
    int next = 0;
    for (Segment segment : route.path().segments()) {
      String name = segment.parameter();
      if (name != null) {
        parameters.put(name, values.get(next++));
      }
    }
    return parameters;
  }
}
