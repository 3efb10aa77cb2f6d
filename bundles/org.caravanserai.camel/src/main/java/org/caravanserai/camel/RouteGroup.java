package org.caravanserai.camel;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Routes that somebody keeps alive, such as those of channels. Register it as an OSGi service. */
@ConsumerType
public interface RouteGroup {

  /** All of them, each once, even while one takes the place of another. */
  List<RouteInfo> list();

  /** The Camel contexts in which they are. */
  List<CamelContextInfo> contexts();

  /** The route of that id. */
  Optional<RouteInfo> find(String id);

  /**
   * Does something with a route, and waits until it is done.
   *
   * @return the route afterwards; empty if the id is none of theirs
   * @throws RouteRefusedException if that is not possible now
   */
  Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException;

  /** What is inside a route; empty if the id is none of theirs. */
  Optional<RouteDiagram> diagram(String id);

  /** The tracing of a route; empty if the id is none of theirs, or they can't be traced. */
  default Optional<RouteTracing> tracing(String id) {
    return Optional.empty();
  }
}
