package org.caravanserai.routes.internal;

import java.util.concurrent.ThreadPoolExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.management.JmxManagementLifecycleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Shows a context and its routes by JMX and nothing else: the rest of Camel's beans would cost a
 * deployment more time and memory than all its routes.
 */
final class RouteBeans extends JmxManagementLifecycleStrategy {

  RouteBeans(CamelContext context) {
    super(context);
  }

  /** Takes the place of Camel's own, if the context has one. */
  static void in(RouteContext context) {
    if (context
        .getLifecycleStrategies()
        .removeIf(JmxManagementLifecycleStrategy.class::isInstance)) {
      context.getLifecycleStrategies().add(0, new RouteBeans(context));
    }
  }

  @Override
  public void onComponentAdd(String name, Component component) {
    // Not shown.
  }

  @Override
  public void onComponentRemove(String name, Component component) {
    // Not shown.
  }

  @Override
  public void onEndpointAdd(Endpoint endpoint) {
    // Not shown.
  }

  @Override
  public void onEndpointRemove(Endpoint endpoint) {
    // Not shown.
  }

  @Override
  public void onServiceAdd(CamelContext context, Service service, @Nullable Route route) {
    // Not shown.
  }

  @Override
  public void onServiceRemove(
      CamelContext context, Service service, @Nullable Route route, boolean autoRemove) {
    // Not shown.
  }

  @Override
  public void onThreadPoolAdd(
      CamelContext context,
      ThreadPoolExecutor pool,
      String id,
      String source,
      String route,
      String profile) {
    // Not shown.
  }

  @Override
  public void onThreadPoolRemove(CamelContext context, ThreadPoolExecutor pool) {
    // Not shown.
  }
}
