package org.caravanserai.camel.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.management.DefaultManagementObjectStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One MBean for each route and none for its parts: an MBean of Camel holds some 20 KB, and a route
 * has a consumer, endpoints and producers of its own.
 */
final class RoutesOnlyManagement extends DefaultManagementObjectStrategy {

  @Override
  public @Nullable Object getManagedObjectForEndpoint(CamelContext context, Endpoint endpoint) {
    return null;
  }

  @Override
  public @Nullable Object getManagedObjectForConsumer(CamelContext context, Consumer consumer) {
    return null;
  }

  @Override
  public @Nullable Object getManagedObjectForProducer(CamelContext context, Producer producer) {
    return null;
  }

  @Override
  public @Nullable Object getManagedObjectForProcessor(
      CamelContext context, Processor processor, NamedNode node, Route route) {
    return null;
  }
}
