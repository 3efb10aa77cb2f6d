package org.caravanserai.routes.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.api.Channel;
import org.caravanserai.http.Gate;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The paths of the traffic listener at which routes start. */
final class HttpDoors {

  static final String KIND = "camel";

  private static final Logger LOG = LoggerFactory.getLogger(HttpDoors.class);

  private final TrafficRoutes traffic;
  private final CallPool pool;
  private final Invoker invoker;
  private final ServiceRegistry registry;
  private final SecurityDefinitions security;
  private final RateLimits rates;
  private final Duration timeout;
  private final int maxBody;

  /** The doors that are open, by deployment. */
  private final Map<String, Wall> walls = new ConcurrentHashMap<>();

  HttpDoors(
      TrafficRoutes traffic,
      CallPool pool,
      Invoker invoker,
      ServiceRegistry registry,
      SecurityDefinitions security,
      RateLimits rates,
      Duration timeout,
      int maxBody) {
    this.traffic = traffic;
    this.pool = pool;
    this.invoker = invoker;
    this.registry = registry;
    this.security = security;
    this.rates = rates;
    this.timeout = timeout;
    this.maxBody = maxBody;
  }

  /**
   * A door in the wall.
   *
   * @param registration its place in the route table
   * @param limits what limits it
   */
  private record Opened(TrafficRoutes.Registration registration, RateLimiter limits) {}

  /** The doors of one revision that are open. */
  static final class Wall {
    private final Map<String, Opened> open = new LinkedHashMap<>();

    private synchronized boolean has(String name) {
      return open.containsKey(name);
    }

    private synchronized void put(Map<String, Opened> doors) {
      open.putAll(doors);
    }

    private synchronized Map<String, Opened> take() {
      Map<String, Opened> all = new LinkedHashMap<>(open);
      open.clear();
      return all;
    }
  }

  /** Checks that a deployment could open doors. */
  void check(String deployment, List<HttpDoor> doors) throws RouteConflictException {
    Wall live = walls.get(deployment);
    for (Map.Entry<String, Plan> each : plans(doors).entrySet()) {
      if (live == null || !live.has(each.getKey())) {
        traffic.check(each.getValue().route(request -> {}));
      }
    }
  }

  /**
   * Opens the doors of a revision, in the place of those of the one before where they are the same.
   */
  Wall open(String deployment, List<HttpDoor> doors) {
    Wall wall = new Wall();
    Wall before = walls.put(deployment, wall);
    Map<String, Opened> old = before == null ? Map.of() : before.take();
    Map<String, Opened> now = new LinkedHashMap<>();
    for (Map.Entry<String, Plan> each : plans(doors).entrySet()) {
      try {
        now.put(each.getKey(), open(each.getValue(), old.get(each.getKey())));
      } catch (RouteConflictException e) {
        LOG.error("{} is not served: {}", each.getKey(), e.getMessage());
      }
    }
    wall.put(now);
    old.forEach(
        (name, place) -> {
          if (!now.containsKey(name)) {
            close(place);
          }
        });
    return wall;
  }

  /** Closes the doors of a revision; those which another has taken over stay open. */
  void close(String deployment, Wall wall) {
    walls.remove(deployment, wall);
    wall.take().values().forEach(HttpDoors::close);
  }

  private Opened open(Plan plan, @Nullable Opened place) throws RouteConflictException {
    RateLimiter limits = place == null ? rates.open(KIND, plan.name(), "channel") : place.limits();
    TrafficRoute route = plan.route(handler(plan, limits));
    if (place != null) {
      place.registration().replace(route);
      return place;
    }
    try {
      return new Opened(traffic.add(route), limits);
    } catch (RouteConflictException e) {
      limits.close();
      throw e;
    }
  }

  private TrafficHandler handler(Plan plan, RateLimiter limits) {
    HttpDoor door = plan.door();
    List<Authenticator> authenticators = new ArrayList<>();
    Optional<String> definition =
        Optional.of(door.access().security()).filter(name -> !name.isEmpty());
    definition.ifPresent(name -> authenticators.add(security.authenticator(name)));
    Arrays.stream(door.access().groups().split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(name -> authenticators.add(security.group(name)));
    Gate gate = new Gate(new Channel(KIND, plan.name(), definition), authenticators, limits);
    Duration limit = door.timeoutMillis() > 0 ? Duration.ofMillis(door.timeoutMillis()) : timeout;
    return new HttpRequests(gate, registry.slot(door.slot()), pool, invoker, door, limit, maxBody);
  }

  private static void close(Opened place) {
    place.registration().close();
    place.limits().close();
  }

  /** Each method and path is a place of its own: a change of one of them touches no other. */
  private static Map<String, Plan> plans(List<HttpDoor> doors) {
    Map<String, Plan> plans = new LinkedHashMap<>();
    for (HttpDoor door : doors) {
      String deployment = door.slot().substring(0, door.slot().indexOf('#'));
      for (PathTemplate path : door.paths()) {
        for (String method : door.methods()) {
          String name = deployment + "#" + method + " " + Entrances.nameless(path);
          plans.put(name, new Plan(name, door, path, method));
        }
      }
    }
    return plans;
  }

  /** A place in the route table. */
  private record Plan(String name, HttpDoor door, PathTemplate path, String method) {

    TrafficRoute route(TrafficHandler handler) {
      return new TrafficRoute(KIND, name, path, Set.of(method), handler);
    }
  }
}
