package org.caravanserai.http.internal;

import java.util.Map;
import org.caravanserai.http.TrafficRoute;

/**
 * A route that takes a request.
 *
 * @param route the route
 * @param parameters what its path's parameters matched
 */
record Match(TrafficRoute route, Map<String, String> parameters) {}
