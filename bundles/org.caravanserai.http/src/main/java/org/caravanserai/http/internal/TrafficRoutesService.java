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
    next(null, route);
  }

  private static TrafficRoute metered(TrafficRoute route, ChannelMeter meter) {
    return route.with(new MeteredHandler(meter, route.handler()));
  }

  private synchronized void change(@Nullable TrafficRoute out, @Nullable TrafficRoute in)
      throws RouteConflictException {
    table = next(out, in);
  }

  private RouteTable next(@Nullable TrafficRoute out, @Nullable TrafficRoute in)
      throws RouteConflictException {
    if (in != null && PathTemplate.isReserved(in.path().toString())) {
      throw new RouteConflictException(in.path() + " is reserved for the server itself");
    }
    RouteTable next = out == null ? table : table.without(out);
    return in == null ? next : next.with(in);
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
        synchronized (TrafficRoutesService.this) {
          table = table.without(last);
        }
        meter.close();
      }
    }
  }
}
