package org.caravanserai.camel;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.util.URISupport;

/**
 * A Camel route, as it is now.
 *
 * @param id {@code kind/name} for a channel's, {@code file#route} for one of a file
 * @param context the name of its Camel context
 * @param channel the channel, {@code kind/name}; empty if it is not one's
 * @param deployment the deployment it comes from; empty if it comes from none
 * @param from the endpoint at which it begins, without passwords
 * @param state {@code started}, {@code stopped}, {@code suspended}, or on the way there
 * @param uptimeMillis how long it has been started; 0 if it is not
 * @param exchanges how many exchanges it has ended since it was made
 * @param failed how many of them failed
 * @param inflight how many are on their way
 * @param meanMillis how long one took on average
 * @param maxMillis how long the longest took
 */
public record RouteInfo(
    String id,
    String context,
    Optional<String> channel,
    Optional<String> deployment,
    String from,
    String state,
    long uptimeMillis,
    long exchanges,
    long failed,
    long inflight,
    long meanMillis,
    long maxMillis) {

  /**
   * Reads what Camel knows of a channel's route.
   *
   * @param route the route, which may have a provisional id
   * @param channel the id by which it is known outside
   */
  public static RouteInfo ofChannel(CamelContext context, Route route, String channel) {
    return read(context, route, channel, Optional.of(channel), Optional.empty());
  }

  /** Reads what Camel knows of a route of a deployment. */
  public static RouteInfo ofDeployment(CamelContext context, Route route, String deployment) {
    return read(context, route, route.getId(), Optional.empty(), Optional.of(deployment));
  }

  private static RouteInfo read(
      CamelContext context,
      Route route,
      String id,
      Optional<String> channel,
      Optional<String> deployment) {
    ServiceStatus status = context.getRouteController().getRouteStatus(route.getId());
    boolean isUp = status != null && (status.isStarted() || status.isSuspended());
    Figures figures = Figures.of(context, route);
    return new RouteInfo(
        id,
        context.getName(),
        channel,
        deployment,
        URISupport.sanitizeUri(route.getEndpoint().getEndpointUri()),
        status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT),
        isUp ? route.getUptimeMillis() : 0,
        figures.exchanges,
        figures.failed,
        figures.inflight,
        figures.mean,
        figures.max);
  }

  /** What Camel has counted. */
  private record Figures(long exchanges, long failed, long inflight, long mean, long max) {

    private static final Figures NONE = new Figures(0, 0, 0, 0, 0);

    static Figures of(CamelContext context, Route route) {
      ManagedCamelContext managed =
          context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
      ManagedRouteMBean bean = managed == null ? null : managed.getManagedRoute(route.getId());
      if (bean == null) {
        return NONE;
      }
      try {
        return new Figures(
            bean.getExchangesTotal(),
            bean.getExchangesFailed(),
            bean.getExchangesInflight(),
            Math.max(0, bean.getMeanProcessingTime()),
            Math.max(0, bean.getMaxProcessingTime()));
      } catch (UndeclaredThrowableException e) {
        // The route has gone while it was being looked at.
        return NONE;
      }
    }
  }
}
