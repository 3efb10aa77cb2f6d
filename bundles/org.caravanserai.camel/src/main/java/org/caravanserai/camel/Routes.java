package org.caravanserai.camel;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The Camel routes of the server, whether of channels or of files. */
@ProviderType
public interface Routes {

  /** All of them, by id. */
  List<RouteInfo> list();

  /** The Camel contexts in which they are, by name. */
  List<CamelContextInfo> contexts();

  /** The route of that id. */
  Optional<RouteInfo> find(String id);

  /**
   * Does something with a route, and waits until it is done. What is stopped or suspended stays so
   * until it is started again, its file has a new revision, its channel is taken away, or the
   * server starts anew; a channel's stays so through changes of the channel.
   *
   * @return the route afterwards; empty if there is none of that id
   * @throws RouteRefusedException if that is not possible now
   */
  Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException;

  /** What is inside a route; empty if there is none of that id. */
  Optional<RouteDiagram> diagram(String id);

  /** The tracing of a route; empty if there is none of that id, or it can't be traced. */
  Optional<RouteTracing> tracing(String id);
}
