package org.caravanserai.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests of certain methods to certain paths, and who answers them.
 *
 * @param kind the kind of the channel whose requests they are, such as {@code channel_rest}
 * @param name the name of the channel
 * @param path the paths
 * @param methods the methods, in upper case; {@code HEAD} comes with {@code GET}, and {@code
 *     OPTIONS} is answered by the listener unless it is named
 * @param accept the media type that callers must accept (RFC 9110, section 12.5.1), in lower case;
 *     routes that differ in it only stand side by side
 * @param handler who answers
 * @param preflight who answers the question of a browser whether it may send such a request (Fetch
 *     Standard, section 3.3); {@code null} if none may
 */
public record TrafficRoute(
    String kind,
    String name,
    PathTemplate path,
    Set<String> methods,
    String accept,
    TrafficHandler handler,
    @Nullable TrafficHandler preflight) {

  /** Whatever callers accept. */
  public static final String ANY_TYPE = "*/*";

  /** The methods of a route that takes any. */
  public static final Set<String> ANY_METHOD = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Keeps its own copy of the methods. */
  public TrafficRoute {
    methods = Set.copyOf(methods);
  }

  /** A route for whatever callers accept, and not for other sites' scripts. */
  public TrafficRoute(
      String kind, String name, PathTemplate path, Set<String> methods, TrafficHandler handler) {
    this(kind, name, path, methods, ANY_TYPE, handler, null);
  }

  /** The same requests, answered by another handler. */
  public TrafficRoute with(TrafficHandler other) {
    return new TrafficRoute(kind, name, path, methods, accept, other, preflight);
  }

  /** Whose they are, in words for people. */
  public String owner() {
    return kind + " " + name;
  }
}
