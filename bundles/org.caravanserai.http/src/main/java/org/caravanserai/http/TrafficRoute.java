package org.caravanserai.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests of certain methods to certain paths, and who answers them.
 *
 * @param owner whose it is, in words for people, such as {@code channel_rest orders}
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
    String owner,
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
      String owner, PathTemplate path, Set<String> methods, TrafficHandler handler) {
    this(owner, path, methods, ANY_TYPE, handler, null);
  }
}
