package org.caravanserai.routes.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravanserai.camel.CamelContexts;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.routes.internal.LiveRoutes.RouteThreads;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Makes routes ready, in a context of their own, beside whatever is live. */
final class RouteMaker {

  /** Routes from there are entered through doors of ours, which stay while routes change. */
  private static final Set<String> ENTRANCES =
      Set.of("service", "platform-http", "rest", "rest-api", "rest-openapi");

  /** Routes from there begin only what another route of the same context has begun. */
  private static final Set<String> INSIDE =
      Set.of("direct", "seda", "disruptor", "disruptor-vm", "stub", "kamelet", "saga");

  private final DeployableType type;
  private final CamelContexts contexts;
  private final ServiceRegistry registry;
  private final UserProperties properties;
  private final HttpDoors doors;
  private final Kamelets kamelets;
  private final RouteThreads threads;
  private final FileRoutes files;
  private final @Nullable TraceLimits traces;

  RouteMaker(
      DeployableType type,
      CamelContexts contexts,
      ServiceRegistry registry,
      UserProperties properties,
      HttpDoors doors,
      Kamelets kamelets,
      RouteThreads threads,
      FileRoutes files,
      @Nullable TraceLimits traces) {
    this.kamelets = kamelets;
    this.type = type;
    this.contexts = contexts;
    this.registry = registry;
    this.properties = properties;
    this.doors = doors;
    this.threads = threads;
    this.files = files;
    this.traces = traces;
  }

  LiveRoutes make(DeployableContent content) throws ContentRefusedException {
    RouteRefusal refusal = new RouteRefusal(content);
    RouteContext context = new RouteContext(content.deployment(), content.trial(), traces);
    Entrances entrances = new Entrances(content.deployment());
    boolean done = false;
    try {
      contexts.equip(context, classLoader(content), entrances);
      context.addComponent("platform-http", new HttpComponent(entrances));
      context.prepare();
      context.getPropertiesComponent().addPropertiesSource(properties);
      ContextKamelets used = ContextKamelets.in(context, kamelets);
      read(content, context, refusal);
      List<String> all = new ArrayList<>();
      List<String> pulling = name(context, all, refusal);
      // What Kamelets bring is made of their templates while the context starts.
      context.addModelLifecycleStrategy(
          new ModelLifecycleStrategySupport() {
            @Override
            public void onAddRouteDefinition(RouteDefinition route) {
              hold(context, route, route.getRouteId(), all, pulling);
            }
          });
      PullingRoutes routes = start(context, all, pulling, refusal);
      doors.check(content.deployment(), entrances.doors());
      entrances.prepare(registry, context, content.revision());
      LiveRoutes live =
          new LiveRoutes(
              type,
              context,
              entrances,
              doors,
              used,
              routes,
              context.getRouteDefinitions().stream().map(RouteDefinition::getRouteId).toList(),
              threads,
              files);
      done = true;
      return live;
    } catch (RouteConflictException e) {
      throw refusal.conflict(entrances.doors(), "" + e.getMessage());
    } catch (RevisionRefusedException e) {
      throw refusal.at(Stage.CHECK, "service:", "" + e.getMessage());
    } finally {
      if (!done) {
        context.stop();
      }
    }
  }

  private static @Nullable ClassLoader classLoader(DeployableContent content) {
    return content.classes().isEmpty() ? null : content.classes().get(0).getClassLoader();
  }

  private static void read(DeployableContent content, RouteContext context, RouteRefusal refusal)
      throws ContentRefusedException {
    List<RoutesBuilder> builders = new ArrayList<>();
    // Later it would change the loggers of routes.
    context.setSourceLocationEnabled(true);
    try {
      if (content.classes().isEmpty()) {
        builders.add(parse(content, context));
      } else {
        for (Class<?> each : content.classes()) {
          builders.add((RoutesBuilder) each.getConstructor().newInstance());
        }
      }
      for (RoutesBuilder each : builders) {
        if (each instanceof RouteConfigurationsBuilder configurations) {
          context.addRoutesConfigurations(configurations);
        }
      }
      for (RoutesBuilder each : builders) {
        context.addRoutes(each);
      }
      for (RoutesBuilder each : builders) {
        context.addTemplatedRoutes(each);
      }
    } catch (ReflectiveOperationException e) {
      throw refusal.constructed(e);
    } catch (Exception | LinkageError e) {
      throw refusal.unreadable(e);
    } finally {
      context.setSourceLocationEnabled(false);
    }
  }

  private static RoutesBuilder parse(DeployableContent content, RouteContext context)
      throws Exception {
    Resource resource = ResourceHelper.fromBytes(content.fileName(), content.text());
    RoutesBuilderLoader loader =
        PluginHelper.getRoutesLoader(context)
            .getRoutesLoader(RouteSyntax.ofFile(content.fileName()).loader());
    loader.preParseRoute(resource);
    return loader.loadRoutesBuilder(resource);
  }

  /**
   * Gives routes their ids, and keeps those from starting which must not yet.
   *
   * @param all gets the ids of all those
   * @return those of them that are to start later
   */
  private static List<String> name(RouteContext context, List<String> all, RouteRefusal refusal)
      throws ContentRefusedException {
    List<RouteDefinition> definitions = new ArrayList<>(context.getRouteDefinitions());
    if (definitions.isEmpty() && context.getRouteTemplateDefinitions().isEmpty()) {
      throw refusal.at(Stage.CHECK, "", "there is no route in it");
    }
    definitions.sort(
        Comparator.comparing(
            each -> Optional.ofNullable(each.getStartupOrder()).orElse(Integer.MAX_VALUE)));
    List<String> pulling = new ArrayList<>();
    int number = 0;
    for (RouteDefinition each : definitions) {
      number++;
      String own = each.hasCustomIdAssigned() ? each.getRouteId() : "route" + number;
      String id = context.idOf(own);
      each.setId(id);
      hold(context, each, id, all, pulling);
    }
    return pulling;
  }

  /** Keeps a route from starting if it must not yet. */
  private static void hold(
      RouteContext context,
      RouteDefinition route,
      String id,
      List<String> all,
      List<String> pulling) {
    if (isPulling(context, route)) {
      all.add(id);
      if (isAutoStartup(context, route)) {
        pulling.add(id);
      }
      route.setAutoStartup("false");
    }
  }

  private static boolean isPulling(RouteContext context, RouteDefinition route) {
    String uri = route.getInput().getEndpointUri();
    String scheme = uri == null ? "" : uri.substring(0, Math.max(0, uri.indexOf(':')));
    if (scheme.isEmpty() || scheme.contains("{{")) {
      scheme = resolve(context, uri == null ? "" : uri).replaceFirst(":.*", "");
    }
    return !ENTRANCES.contains(scheme) && !INSIDE.contains(scheme);
  }

  private static boolean isAutoStartup(RouteContext context, RouteDefinition route) {
    String auto = route.getAutoStartup();
    return auto == null || Boolean.parseBoolean(resolve(context, auto));
  }

  /** As far as that is possible: templates have parameters of their own. */
  private static String resolve(RouteContext context, String text) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (RuntimeException e) {
      return text;
    }
  }

  private static PullingRoutes start(
      RouteContext context, List<String> all, List<String> pulling, RouteRefusal refusal)
      throws ContentRefusedException {
    try {
      context.start();
      for (String id : pulling) {
        context.warmUp(id);
      }
      return new PullingRoutes(context, all, pulling);
    } catch (Exception | LinkageError e) {
      throw refusal.unusable(e);
    }
  }
}
