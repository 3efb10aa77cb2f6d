package org.caravanserai.rest.internal;

import org.caravanserai.camel.ChannelRoute;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficRoutes.Registration;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.spi.LiveObject;

/** A channel in operation. */
final class LiveRestChannel implements LiveObject<RestChannel> {

  private final RestKind kind;
  private final Registration requests;
  private final RateLimiter limits;
  private ChannelRoute route;

  LiveRestChannel(RestKind kind, ChannelRoute route, Registration requests, RateLimiter limits) {
    this.kind = kind;
    this.route = route;
    this.requests = requests;
    this.limits = limits;
  }

  /**
   * Requests that are under way stay with what they met; those that come later meet the new
   * channel.
   */
  @Override
  public synchronized void replace(RestChannel channel) throws RouteConflictException {
    boolean sameService = channel.service().equals(route.service());
    ChannelRoute next = sameService ? route : kind.route(channel);
    try {
      requests.replace(kind.requests(channel, next, limits));
    } catch (RouteConflictException | RuntimeException e) {
      if (!sameService) {
        next.close();
      }
      throw e;
    }
    limits.follow(channel.rateLimiting(), channel.quotaTier());
    if (!sameService) {
      route.close();
      route = next;
    }
  }

  @Override
  public synchronized void close() {
    requests.close();
    route.close();
    limits.close();
  }
}
