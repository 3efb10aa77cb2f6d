package org.caravanserai.rest.internal;

import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.spi.LiveObject;

/** A channel in operation. */
final class LiveRestChannel implements LiveObject<RestChannel> {

  private final RestChannels channels;
  private final String name;
  private final Registration requests;
  private final RateLimiter limits;
  private ServiceRoutes routes;

  LiveRestChannel(
      RestChannels channels,
      String name,
      ServiceRoutes routes,
      Registration requests,
      RateLimiter limits) {
    this.channels = channels;
    this.name = name;
    this.routes = routes;
    this.requests = requests;
    this.limits = limits;
  }

  /**
   * Requests that are under way stay with what they met; those that come later meet the new
   * channel.
   */
  @Override
  public synchronized void replace(RestChannel channel) throws RouteConflictException {
    boolean sameServices = routes.fit(channel);
    ServiceRoutes next = sameServices ? routes : channels.routes(channel);
    try {
      RestChannels.Requests changed = channels.requests(channel, next, limits);
      requests.replace(changed.route());
      channels.opened(channel, changed);
    } catch (RouteConflictException | RuntimeException e) {
      if (!sameServices) {
        next.close();
      }
      throw e;
    }
    limits.follow(channel.rateLimiting(), channel.quotaTier());
    if (!sameServices) {
      routes.close();
      routes = next;
    }
  }

  @Override
  public synchronized void close() {
    requests.close();
    channels.closed(name);
    routes.close();
    limits.close();
  }
}
