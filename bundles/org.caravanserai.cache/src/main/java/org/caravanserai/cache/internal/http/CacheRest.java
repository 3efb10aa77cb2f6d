package org.caravanserai.cache.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.Channel;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.internal.CacheSettings;
import org.caravanserai.cache.internal.GuestDesk;
import org.caravanserai.cache.internal.LiveCaches;
import org.caravanserai.http.Gate;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.security.DefinitionSet;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.ByteSize;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST interface of caches on the traffic listener. Its paths are taken while a cache lets
 * somebody in.
 */
@Component(service = CacheRest.class, configurationPid = CacheSettings.PID)
public final class CacheRest {

  private static final Logger LOG = LoggerFactory.getLogger(CacheRest.class);
  private static final String KIND = "cache";
  private static final String JSON = "application/json";

  private final TrafficRoutes traffic;
  private final GuestDesk desk;
  private final int largest;
  private final Workers workers;
  private final RateLimiter limits;
  private final DefinitionSet definitions;
  private final Gate gate;
  private final List<Registration> routes = new ArrayList<>();
  private volatile Map<String, Set<String>> guests = Map.of();

  /** Lets nobody in yet. */
  @Activate
  public CacheRest(
      CacheSettings settings,
      @Reference LiveCaches caches,
      @Reference TrafficRoutes traffic,
      @Reference SecurityDefinitions security,
      @Reference RateLimits rates) {
    this.traffic = traffic;
    this.largest = ByteSize.parse(settings.rest__max__size());
    this.desk = new GuestDesk(caches, largest);
    this.workers = new Workers(settings.rest__threads(), settings.rest__backlog());
    this.limits = rates.open(KIND, "rest", KIND);
    this.definitions = security.set(KIND, changed -> {});
    this.gate =
        new Gate(
            new Channel(KIND, "rest", Optional.empty()),
            List.of(definitions.authenticator()),
            limits);
  }

  /** Lets nobody in any more. */
  @Deactivate
  public synchronized void close() {
    closeRoutes();
    definitions.close();
    limits.close();
    workers.close();
  }

  private void closeRoutes() {
    routes.forEach(Registration::close);
    routes.clear();
  }

  /**
   * These may use a cache, and no others.
   *
   * @param cache the cache's name
   * @param allowed security definitions; none for nobody
   * @throws RouteConflictException if a channel has one of the paths; nothing has changed then
   */
  public synchronized void grant(String cache, List<String> allowed) throws RouteConflictException {
    Map<String, Set<String>> next = new HashMap<>(guests);
    if (allowed.isEmpty()) {
      next.remove(cache);
    } else {
      next.put(cache, Set.copyOf(allowed));
    }
    if (!next.isEmpty() && routes.isEmpty()) {
      openRoutes();
    }
    guests = Map.copyOf(next);
    Set<String> all = new HashSet<>();
    next.values().forEach(all::addAll);
    definitions.choose(all);
    if (next.isEmpty()) {
      closeRoutes();
    }
  }

  /** Nobody may use a cache any more. */
  public void revoke(String cache) {
    try {
      grant(cache, List.of());
    } catch (RouteConflictException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a call does; answers in JSON. */
  @FunctionalInterface
  private interface Work {
    JsonNode answer(String cache, Inputs inputs);
  }

  /** How a call becomes work. */
  @FunctionalInterface
  private interface Reading {
    Work of(TrafficExchange exchange);
  }

  private void openRoutes() throws RouteConflictException {
    try {
      add("get", "/cache/{key}", Set.of("GET"), exchange -> get(key(exchange)));
      add("set", "/cache/{key}", Set.of("POST", "PUT"), exchange -> set(key(exchange)));
      add("delete", "/cache/{key}", Set.of("DELETE"), exchange -> delete(key(exchange)));
      for (Command command : Command.values()) {
        for (CacheKeys.Form form : CacheKeys.Form.values()) {
          addAll(command, form);
        }
      }
    } catch (RouteConflictException e) {
      closeRoutes();
      throw e;
    }
  }

  /** What is done with several keys. */
  private enum Command {
    GET,
    SET,
    DELETE,
    EXPIRE;

    private Set<String> methods() {
      return switch (this) {
        case GET -> Set.of("GET", "POST");
        case SET, EXPIRE -> Set.of("POST", "PUT");
        case DELETE -> Set.of("DELETE", "POST");
      };
    }
  }

  private static String path(CacheKeys.Form form) {
    return switch (form) {
      case PREFIX, SUFFIX, REGEX -> "by-" + word(form);
      default -> word(form);
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void addAll(Command command, CacheKeys.Form form) throws RouteConflictException {
    String name = word(command) + "-" + path(form);
    String path = "/cache/" + word(command) + "/" + path(form);
    boolean hasSeveral = form == CacheKeys.Form.CONTAINS_ALL || form == CacheKeys.Form.CONTAINS_ANY;
    Reading reading =
        exchange -> {
          Optional<String> key = Optional.ofNullable(exchange.pathParameters().get("key"));
          return (cache, inputs) -> run(command, cache, keys(form, key, inputs), inputs);
        };
    add(name, path, command.methods(), reading);
    if (!hasSeveral) {
      add(name, path + "/{key}", command.methods(), reading);
    }
  }

  private static CacheKeys keys(CacheKeys.Form form, Optional<String> key, Inputs inputs) {
    try {
      return new CacheKeys(form, key.map(List::of).orElseGet(inputs::texts));
    } catch (IllegalArgumentException e) {
      throw new ServiceException(400, "data: " + e.getMessage(), e);
    }
  }

  private JsonNode run(Command command, String cache, CacheKeys keys, Inputs inputs) {
    return switch (command) {
      case GET -> desk.getAll(cache, keys, inputs.flag("details"));
      case SET -> desk.setAll(cache, keys, inputs.value(), inputs.expiry());
      case DELETE -> desk.deleteAll(cache, keys);
      case EXPIRE ->
          desk.expireAll(
              cache,
              keys,
              inputs.expiry().orElseThrow(() -> new ServiceException(400, "expiry: missing")));
    };
  }

  private static String key(TrafficExchange exchange) {
    return exchange.pathParameters().getOrDefault("key", "");
  }

  private Work get(String key) {
    return (cache, inputs) -> desk.get(cache, key, inputs.flag("details"));
  }

  private Work set(String key) {
    return (cache, inputs) -> {
      Optional<Duration> expiry = inputs.expiry();
      return desk.set(cache, key, inputs.value(), expiry, inputs.flag("return_prev"));
    };
  }

  private Work delete(String key) {
    return (cache, inputs) -> desk.delete(cache, key, inputs.flag("return_prev"));
  }

  private void add(String name, String path, Set<String> methods, Reading reading)
      throws RouteConflictException {
    routes.add(
        traffic.add(
            new TrafficRoute(
                KIND,
                name,
                PathTemplate.parse(path, true),
                methods,
                exchange ->
                    gate.pass(
                        exchange,
                        (inside, channel) ->
                            begin(inside, channel.user().orElseThrow(), reading.of(inside))))));
  }

  private void begin(TrafficExchange exchange, String definition, Work work) {
    if (exchange.hasBody()) {
      exchange.readBody(largest, body -> enqueue(exchange, definition, work, body));
    } else {
      enqueue(exchange, definition, work, new byte[0]);
    }
  }

  private void enqueue(TrafficExchange exchange, String definition, Work work, byte[] body) {
    if (!workers.accept(() -> run(exchange, definition, work, body))) {
      exchange.setHeader("Retry-After", "1");
      exchange.error(503, "too many calls wait: try again");
    }
  }

  private void run(TrafficExchange exchange, String definition, Work work, byte[] body) {
    try {
      Inputs inputs = Inputs.of(body, exchange.query());
      String cache = inputs.text("cache").orElseGet(desk::usual);
      if (!guests.getOrDefault(cache, Set.of()).contains(definition)) {
        throw new ServiceException(403, "you may not use the cache " + cache);
      }
      exchange.answer(200, JSON, GuestDesk.write(work.answer(cache, inputs)), () -> {});
    } catch (ServiceException e) {
      exchange.error(e.status(), e.details());
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), exchange.path(), e);
      exchange.error(500, "Internal error");
    }
  }
}
