package org.caravanserai.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.caravanserai.api.Channel;
import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.camel.ChannelRoutes;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.security.Authenticator;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
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
  private static final Pattern SERVICE = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
  private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[!-~][ -~]*");

  private final TrafficRoutes traffic;
  private final ChannelRoutes camel;
  private final ServiceRegistry registry;
  private final CallPool pool;
  private final SecurityDefinitions security;
  private final RateLimits rates;

  /** A kind without channels. */
  @Activate
  public RestKind(
      @Reference TrafficRoutes traffic,
      @Reference ChannelRoutes camel,
      @Reference ServiceRegistry registry,
      @Reference CallPool pool,
      @Reference SecurityDefinitions security,
      @Reference RateLimits rates) {
    this.traffic = traffic;
    this.camel = camel;
    this.registry = registry;
    this.pool = pool;
    this.security = security;
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
    if (!SERVICE.matcher(channel.service()).matches()) {
      throw new InvalidObjectException(
          "service", "expected letters, digits, - and _ in parts divided by dots");
    }
    validatePath(channel.urlPath());
    rates.validate("rate_limiting", channel.rateLimiting());
    for (String method : channel.method()) {
      if (!METHODS.contains(method.toUpperCase(Locale.ROOT))) {
        throw new InvalidObjectException("method", "expected HTTP methods, found " + method);
      }
    }
    if (channel.contentType().filter(type -> !CONTENT_TYPE.matcher(type).matches()).isPresent()) {
      throw new InvalidObjectException("content_type", "expected a type such as application/json");
    }
    if (channel.timeout().isNegative() || channel.timeout().isZero()) {
      throw new InvalidObjectException("timeout", "must be longer than 0");
    }
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

  @Override
  public LiveObject<RestChannel> open(RestChannel channel) throws RouteConflictException {
    ChannelRoute route = route(channel);
    RateLimiter limits = rates.open(NAME, channel.name(), "channel");
    try {
      limits.follow(channel.rateLimiting(), channel.quotaTier());
      TrafficRoutes.Registration requests = traffic.add(requests(channel, route, limits));
      return new LiveRestChannel(this, route, requests, limits);
    } catch (RouteConflictException | RuntimeException e) {
      limits.close();
      route.close();
      throw e;
    }
  }

  /** Opens the Camel route of a channel. */
  ChannelRoute route(RestChannel channel) {
    return camel.open(NAME, channel.name(), channel.service());
  }

  private List<Authenticator> authenticators(RestChannel channel) {
    List<Authenticator> all = new ArrayList<>();
    channel.security().ifPresent(name -> all.add(security.authenticator(name)));
    channel.groups().forEach(name -> all.add(security.group(name)));
    return all;
  }

  /** The requests of a channel, sent through its Camel route. */
  TrafficRoute requests(RestChannel channel, ChannelRoute route, RateLimiter limits) {
    Gate gate =
        new Gate(
            new Channel(NAME, channel.name(), channel.security()), authenticators(channel), limits);
    RestRoute rest = RestRoute.of(channel, route, registry.slot(channel.service()), gate);
    return RestRoute.traffic(channel, new RestHandler(rest, pool));
  }
}
