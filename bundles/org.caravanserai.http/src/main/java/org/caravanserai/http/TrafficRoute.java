package org.caravanserai.http;

import java.util.Set;

/**
 * Requests of certain methods to certain paths, and who answers them.
 *
 * @param owner whose it is, in words for people, such as {@code channel_rest orders}
 * @param path the paths
 * @param methods the methods, in upper case; {@code HEAD} comes with {@code GET}, and {@code
 *     OPTIONS} is answered by the listener unless it is named
 * @param handler who answers
 */
public record TrafficRoute(
    String owner, PathTemplate path, Set<String> methods, TrafficHandler handler) {

  /** The methods of a route that takes any. */
  public static final Set<String> ANY_METHOD = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Keeps its own copy of the methods. */
  public TrafficRoute {
    methods = Set.copyOf(methods);
  }
}
