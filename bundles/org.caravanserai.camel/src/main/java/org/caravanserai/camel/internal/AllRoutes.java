package org.caravanserai.camel.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteGroup;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.camel.RouteTracing;
import org.caravanserai.camel.Routes;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The routes of all groups. */
@Component(service = Routes.class)
public final class AllRoutes implements Routes {

  private final List<RouteGroup> groups = new CopyOnWriteArrayList<>();

  /** A group has come. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void addGroup(RouteGroup arrived) {
    groups.add(arrived);
  }

  /** A group goes. */
  public void removeGroup(RouteGroup gone) {
    groups.remove(gone);
  }

  @Override
  public List<RouteInfo> list() {
    return groups.stream()
        .flatMap(group -> group.list().stream())
        .sorted(Comparator.comparing(RouteInfo::id))
        .toList();
  }

  @Override
  public List<CamelContextInfo> contexts() {
    return groups.stream()
        .flatMap(group -> group.contexts().stream())
        .sorted(Comparator.comparing(CamelContextInfo::name))
        .toList();
  }

  @Override
  public Optional<RouteInfo> find(String id) {
    return groups.stream().flatMap(group -> group.find(id).stream()).findFirst();
  }

  @Override
  public Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException {
    for (RouteGroup group : groups) {
      Optional<RouteInfo> done = group.run(id, action);
      if (done.isPresent()) {
        return done;
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<RouteDiagram> diagram(String id) {
    return groups.stream().flatMap(group -> group.diagram(id).stream()).findFirst();
  }

  @Override
  public Optional<RouteTracing> tracing(String id) {
    return groups.stream().flatMap(group -> group.tracing(id).stream()).findFirst();
  }
}
