package org.caravanserai.camel.internal;

import org.apache.camel.impl.DefaultCamelContext;

/** Camel's context, quick to add one route to many. */
final class RoutesContext extends DefaultCamelContext {

  RoutesContext() {
    super(false);
  }

  /** Camel removes what has the id of a new route, and goes through all routes before it looks. */
  @Override
  public boolean removeRoute(String id) throws Exception {
    return getRouteStatus(id) != null && super.removeRoute(id);
  }
}
