package org.caravanserai.routes.internal;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.engine.DefaultRouteController;

/** Starts and stops routes by the ids that their file gives them, as well as by their full ones. */
final class FileRouteController extends DefaultRouteController {

  private final RouteContext context;

  FileRouteController(RouteContext context) {
    super(context);
    this.context = context;
  }

  private String id(String given) {
    Route found = context.getRoute(given);
    return found == null ? given : found.getId();
  }

  @Override
  public ServiceStatus getRouteStatus(String route) {
    return super.getRouteStatus(id(route));
  }

  @Override
  public void startRoute(String route) throws Exception {
    super.startRoute(id(route));
  }

  @Override
  public void stopRoute(String route) throws Exception {
    super.stopRoute(id(route));
  }

  @Override
  public void stopRoute(String route, Throwable cause) throws Exception {
    super.stopRoute(id(route), cause);
  }

  @Override
  public void stopRoute(String route, long timeout, TimeUnit unit) throws Exception {
    super.stopRoute(id(route), timeout, unit);
  }

  @Override
  public void suspendRoute(String route) throws Exception {
    super.suspendRoute(id(route));
  }

  @Override
  public void suspendRoute(String route, long timeout, TimeUnit unit) throws Exception {
    super.suspendRoute(id(route), timeout, unit);
  }

  @Override
  public void resumeRoute(String route) throws Exception {
    super.resumeRoute(id(route));
  }
}
