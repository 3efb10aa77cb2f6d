package org.caravanserai.http.internal;

import java.util.Map;
import org.caravanserai.http.TrafficRoute;

/**
 * A route that takes a request.
 *
 * @param route the route
 * @param parameters what its path's parameters matched
 * @param negotiated whether what the caller accepts has decided
 */
record Match(TrafficRoute route, Map<String, String> parameters, boolean negotiated) {

  /** The same with parameters. */
  Match with(Map<String, String> values) {
    return new Match(route, values, negotiated);
  }
}
