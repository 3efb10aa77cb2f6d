package org.caravanserai.routes.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteGroup;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.RouteTracing;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The routes of files that are live, each file in its current revision only. */
@Component(service = {FileRoutes.class, RouteGroup.class})
public final class FileRoutes implements RouteGroup {

  private final Map<String, LiveRoutes> live = new ConcurrentHashMap<>();

  /** A revision is live now, in the place of the one before. */
  void entered(String deployment, LiveRoutes routes) {
    live.put(deployment, routes);
  }

  /** A revision is live no more; another one of its file may be. */
  void left(String deployment, LiveRoutes routes) {
    live.remove(deployment, routes);
  }

  @Override
  public List<RouteInfo> list() {
    return live.values().stream().flatMap(each -> each.list().stream()).toList();
  }

  @Override
  public List<CamelContextInfo> contexts() {
    return live.values().stream().map(LiveRoutes::contextInfo).toList();
  }

  @Override
  public Optional<RouteInfo> find(String id) {
    LiveRoutes routes = of(id);
    return routes == null ? Optional.empty() : routes.find(id);
  }

  @Override
  public Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException {
    LiveRoutes routes = of(id);
    return routes == null ? Optional.empty() : routes.run(id, action);
  }

  @Override
  public Optional<RouteDiagram> diagram(String id) {
    LiveRoutes routes = of(id);
    return routes == null ? Optional.empty() : routes.diagram(id);
  }

  @Override
  public Optional<RouteTracing> tracing(String id) {
    LiveRoutes routes = of(id);
    return routes == null ? Optional.empty() : routes.tracing(id);
  }

  /** The names of deployments have no {@code #}. */
  private @Nullable LiveRoutes of(String id) {
    int end = id.indexOf('#');
    return end < 0 ? null : live.get(id.substring(0, end));
  }
}
