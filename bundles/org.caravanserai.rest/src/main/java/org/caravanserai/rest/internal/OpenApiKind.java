package org.caravanserai.rest.internal;

import java.util.Locale;
import java.util.Set;
import org.caravanserai.api.Channel;
import org.caravanserai.http.Gate;
import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.rest.internal.openapi.OpenApi;
import org.caravanserai.rest.internal.openapi.Publication;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.SecurityDefinitions;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code channel_openapi}. */
@Component(service = ObjectKind.class, immediate = true)
public final class OpenApiKind implements ObjectKind<OpenApiChannel> {

  private static final String NAME = "channel_openapi";

  private final TrafficRoutes traffic;
  private final SecurityDefinitions security;
  private final RateLimits rates;
  private final OpenApi openApi;

  /** A kind without channels. */
  @Activate
  public OpenApiKind(
      @Reference TrafficRoutes traffic,
      @Reference SecurityDefinitions security,
      @Reference RateLimits rates,
      @Reference OpenApi openApi) {
    this.traffic = traffic;
    this.security = security;
    this.rates = rates;
    this.openApi = openApi;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<OpenApiChannel> type() {
    return OpenApiChannel.class;
  }

  @Override
  public void validate(OpenApiChannel channel) throws InvalidObjectException {
    RestKind.validatePath(channel.urlPath());
    if (!PathTemplate.parse(channel.urlPath()).isLiteral()) {
      throw new InvalidObjectException("url_path", "can't have parameters");
    }
    boolean isSecured = channel.security().isPresent() || !channel.groups().isEmpty();
    if (isSecured && channel.isPublic()) {
      throw new InvalidObjectException("is_public", "makes no sense together with security");
    }
    if (!isSecured && !channel.isPublic()) {
      throw new InvalidObjectException(
          "is_public", "say who may read it: security, groups, or is_public: true for everybody");
    }
  }

  @Override
  public LiveObject<OpenApiChannel> open(OpenApiChannel channel) throws RouteConflictException {
    RateLimiter limits = rates.open(NAME, channel.name(), "channel");
    try {
      return new Live(traffic.add(route(channel, limits)), limits);
    } catch (RouteConflictException | RuntimeException e) {
      limits.close();
      throw e;
    }
  }

  private TrafficRoute route(OpenApiChannel channel, RateLimiter limits) {
    Gate gate =
        new Gate(
            new Channel(NAME, channel.name(), channel.security()),
            Gate.authenticators(security, channel.security(), channel.groups()),
            limits);
    Publication publication =
        channel.restChannelList().isEmpty()
            ? Publication.ofAll(channel.name())
            : Publication.of(channel.name(), channel.restChannelList());
    String path = channel.urlPath().toLowerCase(Locale.ROOT);
    boolean isYaml = path.endsWith(".yaml") || path.endsWith(".yml");
    boolean isEither = !isYaml && !path.endsWith(".json");
    return new TrafficRoute(
        NAME,
        channel.name(),
        PathTemplate.parse(channel.urlPath()),
        Set.of("GET"),
        exchange ->
            gate.pass(
                exchange,
                (reader, as) ->
                    openApi.answer(reader, publication, isYaml || (isEither && asksYaml(reader)))));
  }

  /** Whether a reader names YAML among what he accepts, and neither JSON nor anything. */
  private static boolean asksYaml(TrafficExchange exchange) {
    exchange.vary("Accept");
    String header = exchange.header("Accept");
    String accept = header == null ? "" : header.toLowerCase(Locale.ROOT);
    return accept.contains("yaml") && !accept.contains("json") && !accept.contains("*/*");
  }

  /** A channel in operation. */
  private final class Live implements LiveObject<OpenApiChannel> {

    private final TrafficRoutes.Registration requests;
    private final RateLimiter limits;

    Live(TrafficRoutes.Registration requests, RateLimiter limits) {
      this.requests = requests;
      this.limits = limits;
    }

    @Override
    public void replace(OpenApiChannel channel) throws RouteConflictException {
      requests.replace(route(channel, limits));
    }

    @Override
    public void close() {
      requests.close();
      limits.close();
    }
  }
}
