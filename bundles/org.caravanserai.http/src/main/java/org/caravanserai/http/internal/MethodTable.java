package org.caravanserai.http.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** The routes at one path, by method. Immutable. */
final class MethodTable {

  /** A table without routes. */
  static final MethodTable EMPTY = new MethodTable(Map.of());

  private final Map<String, Variants> variants;

  private MethodTable(Map<String, Variants> variants) {
    this.variants = variants;
  }

  /**
   * The route for a method and what the caller accepts, matched without parameters; {@code HEAD}
   * falls back to {@code GET}.
   */
  @Nullable Match find(String method, HttpFields headers) {
    Variants routes = variants.get(method);
    if (routes == null && method.equals("HEAD")) {
      routes = variants.get("GET");
    }
    return routes == null ? null : routes.find(headers);
  }

  /** Adds the methods that it takes to a collection. */
  void methodsInto(Collection<String> methods) {
    methods.addAll(variants.keySet());
    if (variants.containsKey("GET")) {
      methods.add("HEAD");
    }
  }

  /** Whether it has no routes. */
  boolean isEmpty() {
    return variants.isEmpty();
  }

  /** A table with one route more. */
  MethodTable with(TrafficRoute route) throws RouteConflictException {
    Map<String, Variants> next = new HashMap<>(variants);
    for (String method : route.methods()) {
      Variants others = next.getOrDefault(method, Variants.NONE);
      TrafficRoute other = others.taking(route.accept());
      if (other != null) {
        throw new RouteConflictException(
            method
                + " "
                + route.path()
                + " is taken by "
                + other.owner()
                + " ("
                + other.path()
                + ")");
      }
      next.put(method, others.with(route));
    }
    return new MethodTable(next);
  }

  /** A table without a route. */
  MethodTable without(TrafficRoute route) {
    Map<String, Variants> next = new HashMap<>();
    variants.forEach(
        (method, routes) -> {
          Variants rest = routes.without(route);
          if (!rest.isEmpty()) {
            next.put(method, rest);
          }
        });
    return new MethodTable(next);
  }
}
