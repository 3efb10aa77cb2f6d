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
 * @param yields whether it leaves its path, which has no parameters then, to whatever other route
 *     is there for that very path, by whichever method, and takes it again when that one goes
 */
public record TrafficRoute(
    String kind,
    String name,
    PathTemplate path,
    Set<String> methods,
    String accept,
    TrafficHandler handler,
    @Nullable TrafficHandler preflight,
    boolean yields) {

  /** Whatever callers accept. */
  public static final String ANY_TYPE = "*/*";

  /** The methods of a route that takes any. */
  public static final Set<String> ANY_METHOD = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /**
   * Keeps its own copy of the methods.
   *
   * @throws IllegalArgumentException if it yields a path that has parameters
   */
  public TrafficRoute {
    methods = Set.copyOf(methods);
    if (yields && !path.isLiteral()) {
      throw new IllegalArgumentException("a path that is yielded has no parameters: " + path);
    }
  }

  /** A route that keeps its path. */
  public TrafficRoute(
      String kind,
      String name,
      PathTemplate path,
      Set<String> methods,
      String accept,
      TrafficHandler handler,
      @Nullable TrafficHandler preflight) {
    this(kind, name, path, methods, accept, handler, preflight, false);
  }

  /** A route for whatever callers accept, and not for other sites' scripts. */
  public TrafficRoute(
      String kind, String name, PathTemplate path, Set<String> methods, TrafficHandler handler) {
    this(kind, name, path, methods, ANY_TYPE, handler, null, false);
  }

  /** The same requests, answered by another handler. */
  public TrafficRoute with(TrafficHandler other) {
    return new TrafficRoute(kind, name, path, methods, accept, other, preflight, yields);
  }

  /** Whose they are, in words for people. */
  public String owner() {
    return kind + " " + name;
  }
}
