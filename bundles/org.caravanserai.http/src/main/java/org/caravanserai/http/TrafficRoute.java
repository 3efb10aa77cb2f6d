package org.caravanserai.http;

import java.util.Set;

/**
 * Requests of certain methods to certain paths, and who answers them.
 *
 * @param kind the kind of the channel whose requests they are, such as {@code channel_rest}
 * @param name the name of the channel
 * @param path the paths
 * @param methods the methods, in upper case; {@code HEAD} comes with {@code GET}, and {@code
 *     OPTIONS} is answered by the listener unless it is named
 * @param handler who answers
 */
public record TrafficRoute(
    String kind, String name, PathTemplate path, Set<String> methods, TrafficHandler handler) {

  /** The methods of a route that takes any. */
  public static final Set<String> ANY_METHOD = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Keeps its own copy of the methods. */
  public TrafficRoute {
    methods = Set.copyOf(methods);
  }

  /** Whose they are, in words for people. */
  public String owner() {
    return kind + " " + name;
  }
}
