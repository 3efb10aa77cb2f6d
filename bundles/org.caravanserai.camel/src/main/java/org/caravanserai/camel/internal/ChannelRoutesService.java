package org.caravanserai.camel.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.caravanserai.camel.CamelContextInfo;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelRoutes;
import org.caravanserai.camel.RouteAction;
import org.caravanserai.camel.RouteDiagram;
import org.caravanserai.camel.RouteGroup;
import org.caravanserai.camel.RouteInfo;
import org.caravanserai.camel.RouteRefusedException;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The routes of channels, in the Camel context {@code serai-channels}. */
@Component(service = {ChannelRoutes.class, RouteGroup.class})
public final class ChannelRoutesService implements ChannelRoutes, RouteGroup {

  private static final String NAME = "serai-channels";

  private static final long LAST_CHANGE_SECONDS = 5;

  private final ConnectorTracker tracker;
  private final CamelContext context;
  private final ExecutorService executor;
  private final CamelRoutes routes;
  private final Map<String, ChannelSite> sites = new ConcurrentHashMap<>();

  /** Starts the Camel context. */
  @Activate
  public ChannelRoutesService(
      BundleContext bundles,
      @Reference ServiceRegistry registry,
      @Reference Invoker invoker,
      @Reference ConnectionProducers connections) {
    ConnectorClassLoader loader =
        new ConnectorClassLoader(ChannelRoutesService.class.getClassLoader());
    tracker = new ConnectorTracker(bundles, loader);
    tracker.open();
    context = ChannelContext.create(NAME, loader, registry, invoker, connections);
    ChannelComponent channels = new ChannelComponent();
    context.addComponent("channel", channels);
    executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, NAME + "-changes");
              thread.setDaemon(true);
              return thread;
            });
    routes = new CamelRoutes(context, channels, executor);
    context.start();
  }

  /** The Camel context in which the routes are. */
  public CamelContext context() {
    return context;
  }

  @Override
  public ChannelRoute open(String kind, String name, String service) {
    return sites
        .computeIfAbsent(kind + "/" + name, id -> new ChannelSite(id, routes))
        .open(service);
  }

  @Override
  public List<RouteInfo> list() {
    return sites.values().stream().flatMap(site -> site.look().stream()).toList();
  }

  @Override
  public List<CamelContextInfo> contexts() {
    return List.of(CamelContextInfo.of(context));
  }

  @Override
  public Optional<RouteInfo> find(String id) {
    return Optional.ofNullable(sites.get(id)).flatMap(ChannelSite::look);
  }

  @Override
  public Optional<RouteInfo> run(String id, RouteAction action) throws RouteRefusedException {
    ChannelSite site = sites.get(id);
    return site == null ? Optional.empty() : site.run(action);
  }

  @Override
  public Optional<RouteDiagram> diagram(String id) {
    return Optional.ofNullable(sites.get(id)).flatMap(ChannelSite::diagram);
  }

  /** Stops the Camel context and all routes in it. */
  @Deactivate
  public void stop() {
    executor.shutdown();
    try {
      // A route that is being removed must not meet the stop of the context.
      boolean unused = executor.awaitTermination(LAST_CHANGE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.stop();
    tracker.close();
  }
}
