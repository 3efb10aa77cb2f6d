package org.caravanserai.http.internal;

import org.caravanserai.http.PathTemplate;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.http.TrafficHandler;
import org.caravanserai.http.TrafficRoute;
import org.caravanserai.http.TrafficRoutes;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The route table in operation, changed one change at a time and read by all. */
@Component(service = {TrafficRoutes.class, TrafficRoutesService.class})
public final class TrafficRoutesService implements TrafficRoutes {

  private volatile RouteTable table = RouteTable.EMPTY;
  private volatile @Nullable TrafficHandler openApi;

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
    change(null, route);
    return new Place(route);
  }

  private synchronized void change(@Nullable TrafficRoute out, @Nullable TrafficRoute in)
      throws RouteConflictException {
    if (in != null && PathTemplate.isReserved(in.path().toString())) {
      throw new RouteConflictException(in.path() + " is reserved for the server itself");
    }
    RouteTable next = out == null ? table : table.without(out);
    table = in == null ? next : next.with(in);
  }

  /** A route in the table. */
  private final class Place implements Registration {

    private @Nullable TrafficRoute route;

    Place(TrafficRoute route) {
      this.route = route;
    }

    @Override
    public synchronized void replace(TrafficRoute next) throws RouteConflictException {
      if (route == null) {
        throw new IllegalStateException("the route of " + next.owner() + " has been closed");
      }
      change(route, next);
      route = next;
    }

    @Override
    public synchronized void close() {
      TrafficRoute last = route;
      route = null;
      if (last != null) {
        synchronized (TrafficRoutesService.this) {
          table = table.without(last);
        }
      }
    }
  }
}
