package org.caravanserai.http.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.jspecify.annotations.Nullable;

/** The routes at one path, by method. Immutable. */
final class MethodTable {

  /** A table without routes. */
  static final MethodTable EMPTY = new MethodTable(Map.of());

  private final Map<String, Match> matches;

  private MethodTable(Map<String, Match> matches) {
    this.matches = matches;
  }

  /** The route for a method, matched without parameters; {@code HEAD} falls back to {@code GET}. */
  @Nullable Match find(String method) {
    Match match = matches.get(method);
    return match == null && method.equals("HEAD") ? matches.get("GET") : match;
  }

  /** Adds the methods that it takes to a collection. */
  void methodsInto(Collection<String> methods) {
    methods.addAll(matches.keySet());
    if (matches.containsKey("GET")) {
      methods.add("HEAD");
    }
  }

  /** Whether it has no routes. */
  boolean isEmpty() {
    return matches.isEmpty();
  }

  /** A table with one route more. */
  MethodTable with(TrafficRoute route) throws RouteConflictException {
    Map<String, Match> next = new HashMap<>(matches);
    Match match = new Match(route, Map.of());
    for (String method : route.methods()) {
      Match other = next.putIfAbsent(method, match);
      if (other != null) {
        throw new RouteConflictException(
            method
                + " "
                + route.path()
                + " is taken by "
                + other.route().owner()
                + " ("
                + other.route().path()
                + ")");
      }
    }
    return new MethodTable(next);
  }

  /** A table without a route. */
  MethodTable without(TrafficRoute route) {
    Map<String, Match> next = new HashMap<>(matches);
    next.values().removeIf(match -> match.route().equals(route));
    return new MethodTable(next);
  }
}
