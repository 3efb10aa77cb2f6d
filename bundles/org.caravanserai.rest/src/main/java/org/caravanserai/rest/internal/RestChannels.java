package org.caravanserai.rest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.Channel;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelRoutes;
import org.caravanserai.http.Gate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.rest.internal.cache.ChannelCache;
import org.caravanserai.rest.internal.cache.ResponseCaches;
import org.caravanserai.rest.internal.openapi.OpenApi;
import org.caravanserai.rest.internal.openapi.Operation;
import org.caravanserai.rest.internal.outgoing.Forwarder;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.Slot;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The REST channels in operation: those that are configured, and those that services have. */
@Component(service = RestChannels.class)
public final class RestChannels {

  private final TrafficRoutes traffic;
  private final ChannelRoutes camel;
  private final ServiceRegistry registry;
  private final CallPool pool;
  private final SecurityDefinitions security;
  private final ResponseCaches caches;
  private final OpenApi openApi;
  private final RateLimits rates;
  private final Forwarder forwarder;

  /** None is open yet. */
  @Activate
  public RestChannels(
      @Reference TrafficRoutes traffic,
      @Reference ChannelRoutes camel,
      @Reference ServiceRegistry registry,
      @Reference CallPool pool,
      @Reference SecurityDefinitions security,
      @Reference RateLimits rates,
      @Reference ResponseCaches caches,
      @Reference OpenApi openApi,
      @Reference Forwarder forwarder) {
    this.traffic = traffic;
    this.camel = camel;
    this.registry = registry;
    this.pool = pool;
    this.security = security;
    this.caches = caches;
    this.openApi = openApi;
    this.rates = rates;
    this.forwarder = forwarder;
  }

  /**
   * Opens a channel whose fields are valid.
   *
   * @throws RouteConflictException if another channel takes some of its requests already
   */
  LiveRestChannel open(RestChannel channel) throws RouteConflictException {
    ServiceRoutes routes = ServiceRoutes.open(channel, camel);
    RateLimiter limits = rates.open(RestKind.NAME, channel.name(), "channel");
    try {
      limits.follow(channel.rateLimiting(), channel.quotaTier());
      Requests requests = requests(channel, routes, limits);
      TrafficRoutes.Registration registration = traffic.add(requests.route());
      opened(channel, requests);
      return new LiveRestChannel(this, channel.name(), routes, registration, limits);
    } catch (RouteConflictException | RuntimeException e) {
      limits.close();
      routes.close();
      throw e;
    }
  }

  /** Opens the Camel routes of a channel whose services have changed. */
  ServiceRoutes routes(RestChannel channel) {
    return ServiceRoutes.open(channel, camel);
  }

  private List<Authenticator> authenticators(RestChannel channel) {
    return Gate.authenticators(security, channel.security(), channel.groups());
  }

  /** What else is to know that a channel is open now, or has changed. */
  void opened(RestChannel channel, Requests requests) {
    caches.use(channel.name(), requests.caches());
    openApi.put(operation(channel, requests.route()));
  }

  /** The same when it is closed. */
  void closed(String channel) {
    caches.use(channel, List.of());
    openApi.remove(channel);
  }

  private Operation operation(RestChannel channel, TrafficRoute route) {
    return new Operation(
        channel.name(),
        ServiceRoutes.services(channel).stream().toList(),
        route.path(),
        route.methods(),
        channel.dataFormat(),
        channel.contentType(),
        authenticators(channel),
        channel.mergeUrlParamsReq(),
        channel.isDeprecated(),
        channel.requestSchema(),
        channel.answering().isEmpty(),
        channel.shouldIncludeInOpenapi(),
        channel.isAutomatic());
  }

  /**
   * The requests of a channel.
   *
   * @param route which they are
   * @param caches what is kept of their answers
   */
  record Requests(TrafficRoute route, List<ChannelCache> caches) {}

  /** The requests of a channel, sent through its Camel routes and to its destinations. */
  Requests requests(RestChannel channel, ServiceRoutes routes, RateLimiter limits) {
    Gate gate =
        new Gate(
            new Channel(RestKind.NAME, channel.name(), channel.security()),
            authenticators(channel),
            limits);
    Map<String, RestHandler> handlers = new LinkedHashMap<>();
    List<ChannelCache> kept = new ArrayList<>();
    routes
        .byService()
        .forEach(
            (service, route) -> {
              Slot slot = registry.slot(service);
              ChannelCache cache = caches.cache(channel.responseCache(), slot);
              if (cache != null) {
                kept.add(cache);
              }
              handlers.put(service, handler(channel, way(channel, route), slot, gate, cache));
            });
    if (handlers.isEmpty()) {
      Slot place = registry.slot(RestKind.NAME + "/" + channel.name());
      handlers.put("", handler(channel, Delivery.of(channel, null, forwarder), place, gate, null));
    }
    RestHandler first = handlers.values().iterator().next();
    TrafficHandler handler =
        channel.gatewayServiceList().isEmpty()
            ? first
            : new GatewayHandler(channel.service().orElse(""), first, handlers);
    return new Requests(RestRoute.traffic(channel, handler), kept);
  }

  private Way way(RestChannel channel, ChannelRoute route) {
    Way service = (call, asked, done) -> route.call(call, done);
    return channel.activeDestinations().isEmpty()
        ? service
        : Delivery.of(channel, service, forwarder);
  }

  private RestHandler handler(
      RestChannel channel, Way way, Slot slot, Gate gate, @Nullable ChannelCache cache) {
    return new RestHandler(RestRoute.of(channel, way, slot, gate, cache), pool);
  }
}
