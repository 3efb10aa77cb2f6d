package org.caravanserai.rest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.caravanserai.api.Channel;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelRoutes;
import org.caravanserai.http.Gate;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.rest.internal.cache.ChannelCache;
import org.caravanserai.rest.internal.cache.ResponseCaches;
import org.caravanserai.rest.internal.openapi.OpenApi;
import org.caravanserai.rest.internal.openapi.Operation;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code channel_rest}. */
@Component(service = ObjectKind.class, immediate = true)
public final class RestKind implements ObjectKind<RestChannel> {

  /** The kind as configuration spells it. */
  static final String NAME = "channel_rest";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** What the name of a service is made of, in words. */
  static final String SERVICE_EXPECTED =
      "expected letters, digits, - and _ in parts divided by dots";

  private static final Pattern SERVICE = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
  private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[!-~][ -~]*");

  private final TrafficRoutes traffic;
  private final ChannelRoutes camel;
  private final ServiceRegistry registry;
  private final CallPool pool;
  private final SecurityDefinitions security;
  private final ResponseCaches caches;
  private final OpenApi openApi;
  private final RateLimits rates;

  /** A kind without channels. */
  @Activate
  public RestKind(
      @Reference TrafficRoutes traffic,
      @Reference ChannelRoutes camel,
      @Reference ServiceRegistry registry,
      @Reference CallPool pool,
      @Reference SecurityDefinitions security,
      @Reference RateLimits rates,
      @Reference ResponseCaches caches,
      @Reference OpenApi openApi) {
    this.traffic = traffic;
    this.camel = camel;
    this.registry = registry;
    this.pool = pool;
    this.security = security;
    this.caches = caches;
    this.openApi = openApi;
    this.rates = rates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<RestChannel> type() {
    return RestChannel.class;
  }

  @Override
  public void validate(RestChannel channel) throws InvalidObjectException {
    if (!isService(channel.service())) {
      throw new InvalidObjectException("service", SERVICE_EXPECTED);
    }
    validatePath(channel.urlPath());
    rates.validate("rate_limiting", channel.rateLimiting());
    for (String method : channel.method()) {
      if (!isMethod(method)) {
        throw new InvalidObjectException("method", "expected HTTP methods, found " + method);
      }
    }
    if (channel.contentType().filter(type -> !CONTENT_TYPE.matcher(type).matches()).isPresent()) {
      throw new InvalidObjectException("content_type", "expected a type such as application/json");
    }
    if (channel.timeout().isNegative() || channel.timeout().isZero()) {
      throw new InvalidObjectException("timeout", "must be longer than 0");
    }
    ChannelRules.check(channel);
    try {
      ByteSize.parse(channel.maxRequestSize());
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("max_request_size", String.valueOf(e.getMessage()));
    }
  }

  private static void validatePath(String path) throws InvalidObjectException {
    try {
      PathTemplate.parse(path);
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("url_path", String.valueOf(e.getMessage()));
    }
    if (PathTemplate.isReserved(path)) {
      throw new InvalidObjectException("url_path", path + " is reserved for the server itself");
    }
  }

  /** Whether a text is the name of a method that channels take, in any case. */
  static boolean isMethod(String name) {
    return METHODS.contains(name.toUpperCase(Locale.ROOT));
  }

  /** Whether a text may be the name of a service. */
  static boolean isService(String name) {
    return SERVICE.matcher(name).matches();
  }

  @Override
  public LiveObject<RestChannel> open(RestChannel channel) throws RouteConflictException {
    ServiceRoutes routes = ServiceRoutes.open(channel, camel);
    RateLimiter limits = rates.open(NAME, channel.name(), "channel");
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
    List<Authenticator> all = new ArrayList<>();
    channel.security().ifPresent(name -> all.add(security.authenticator(name)));
    channel.groups().forEach(name -> all.add(security.group(name)));
    return all;
  }

  /** What else is to know that a channel is open now, or has changed. */
  void opened(RestChannel channel, Requests requests) {
    caches.use(channel.name(), requests.caches());
    if (channel.shouldIncludeInOpenapi()) {
      openApi.put(operation(channel, requests.route()));
    } else {
      openApi.remove(channel.name());
    }
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
        channel.requestSchema());
  }

  /**
   * The requests of a channel.
   *
   * @param route which they are
   * @param caches what is kept of their answers
   */
  record Requests(TrafficRoute route, List<ChannelCache> caches) {}

  /** The requests of a channel, sent through its Camel routes. */
  Requests requests(RestChannel channel, ServiceRoutes routes, RateLimiter limits) {
    Gate gate =
        new Gate(
            new Channel(NAME, channel.name(), channel.security()), authenticators(channel), limits);
    Map<String, RestHandler> handlers = new LinkedHashMap<>();
    List<ChannelCache> kept = new ArrayList<>();
    routes
        .byService()
        .forEach(
            (service, route) -> {
              ChannelCache cache = caches.cache(channel.responseCache(), registry.slot(service));
              if (cache != null) {
                kept.add(cache);
              }
              handlers.put(service, handler(channel, route, gate, cache));
            });
    RestHandler first = handlers.values().iterator().next();
    boolean isGateway = !channel.gatewayServiceList().isEmpty();
    TrafficHandler handler =
        isGateway ? new GatewayHandler(channel.service(), first, handlers) : first;
    return new Requests(RestRoute.traffic(channel, handler), kept);
  }

  private RestHandler handler(
      RestChannel channel, ChannelRoute route, Gate gate, @Nullable ChannelCache cache) {
    RestRoute rest = RestRoute.of(channel, route, registry.slot(route.service()), gate, cache);
    return new RestHandler(rest, pool);
  }
}
