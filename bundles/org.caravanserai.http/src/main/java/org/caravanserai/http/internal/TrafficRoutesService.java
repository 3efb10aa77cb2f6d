package org.caravanserai.http.internal;

import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.caravanserai.http.internal.ChannelMeters.ChannelMeter;
import org.caravanserai.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The route table in operation, changed one change at a time and read by all. */
@Component(service = {TrafficRoutes.class, TrafficRoutesService.class})
public final class TrafficRoutesService implements TrafficRoutes {

  private final Metrics metrics;
  private final ChannelMeters meters = new ChannelMeters();
  private volatile RouteTable table = RouteTable.EMPTY;
  private volatile RouteTable pubSub = RouteTable.EMPTY;
  private volatile boolean hasPubSub;
  private int pubSubRoutes;
  private volatile @Nullable TrafficHandler openApi;

  /** A table without routes. */
  @Activate
  public TrafficRoutesService(@Reference Metrics metrics) {
    this.metrics = metrics;
    meters.register(metrics.registry());
  }

  /** Takes the metrics away. */
  @Deactivate
  public void deactivate() {
    meters.unregister(metrics.registry());
  }

  /** The table as it is now. */
  RouteTable table() {
    return table;
  }

  /** The routes below {@code /pubsub}. */
  RouteTable pubSub() {
    return pubSub;
  }

  /** Whether there are any. */
  boolean hasPubSub() {
    return hasPubSub;
  }

  @Override
  public void openApi(@Nullable TrafficHandler handler) {
    openApi = handler;
  }

  /** Who answers {@code /openapi.json}; {@code null} for nobody. */
  @Nullable TrafficHandler openApi() {
    return openApi;
  }

  @Override
  public Registration add(TrafficRoute route) throws RouteConflictException {
    if (PathTemplate.isPubSub(route.path().toString())) {
      throw reserved(route);
    }
    return put(route);
  }

  @Override
  public Registration addPubSub(TrafficRoute route) throws RouteConflictException {
    if (!PathTemplate.isPubSub(route.path().toString())) {
      throw new IllegalArgumentException(route.path() + " is not below /pubsub");
    }
    return put(route);
  }

  private static RouteConflictException reserved(TrafficRoute route) {
    return new RouteConflictException(route.path() + " is reserved for the server itself");
  }

  private Registration put(TrafficRoute route) throws RouteConflictException {
    ChannelMeter meter = meters.of(route.kind(), route.name());
    TrafficRoute metered = metered(route, meter);
    try {
      change(null, metered);
    } catch (RouteConflictException e) {
      meter.close();
      throw e;
    }
    return new Place(metered, meter);
  }

  @Override
  public synchronized void check(TrafficRoute route) throws RouteConflictException {
    if (PathTemplate.isReserved(route.path().toString())) {
      throw reserved(route);
    }
    next(table, null, route);
  }

  private static TrafficRoute metered(TrafficRoute route, ChannelMeter meter) {
    return route.with(new MeteredHandler(meter, route.handler()));
  }

  private synchronized void change(@Nullable TrafficRoute out, TrafficRoute in)
      throws RouteConflictException {
    boolean toPubSub = PathTemplate.isPubSub(in.path().toString());
    if (out != null && toPubSub != PathTemplate.isPubSub(out.path().toString())) {
      throw reserved(in);
    }
    if (toPubSub) {
      pubSub = next(pubSub, out, in);
      pubSubRoutes += out == null ? 1 : 0;
      hasPubSub = true;
    } else if (PathTemplate.isReserved(in.path().toString())) {
      throw reserved(in);
    } else {
      table = next(table, out, in);
    }
  }

  private static RouteTable next(RouteTable before, @Nullable TrafficRoute out, TrafficRoute in)
      throws RouteConflictException {
    return (out == null ? before : before.without(out)).with(in);
  }

  private synchronized void remove(TrafficRoute route) {
    if (PathTemplate.isPubSub(route.path().toString())) {
      pubSub = pubSub.without(route);
      pubSubRoutes--;
      hasPubSub = pubSubRoutes > 0;
    } else {
      table = table.without(route);
    }
  }

  /** A route in the table. */
  private final class Place implements Registration {

    private final ChannelMeter meter;
    private @Nullable TrafficRoute route;

    Place(TrafficRoute route, ChannelMeter meter) {
      this.route = route;
      this.meter = meter;
    }

    @Override
    public synchronized void replace(TrafficRoute next) throws RouteConflictException {
      if (route == null) {
        throw new IllegalStateException("the route of " + next.owner() + " has been closed");
      }
      TrafficRoute metered = metered(next, meter);
      change(route, metered);
      route = metered;
    }

    @Override
    public synchronized void close() {
      TrafficRoute last = route;
      route = null;
      if (last != null) {
        remove(last);
        meter.close();
      }
    }
  }
}
