package org.caravanserai.camel.internal;

import org.apache.camel.impl.DefaultCamelContext;
import org.caravanserai.camel.CamelContexts;
import org.caravanserai.camel.ServiceEntrances;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What all Camel contexts of the server have in common. */
@Component(service = CamelContexts.class)
public final class CamelContextsService implements CamelContexts {

  private final ConnectorClassLoader loader =
      new ConnectorClassLoader(CamelContextsService.class.getClassLoader());
  private final ConnectorTracker tracker;
  private final ServiceRegistry registry;
  private final Invoker invoker;
  private final ConnectionProducers connections;

  /** Follows the connectors. */
  @Activate
  public CamelContextsService(
      BundleContext bundles,
      @Reference ServiceRegistry registry,
      @Reference Invoker invoker,
      @Reference ConnectionProducers connections) {
    this.registry = registry;
    this.invoker = invoker;
    this.connections = connections;
    tracker = new ConnectorTracker(bundles, loader);
    tracker.open();
  }

  /** Follows them no more. */
  @Deactivate
  public void stop() {
    tracker.close();
  }

  @Override
  public void equip(
      DefaultCamelContext context, @Nullable ClassLoader own, ServiceEntrances entrances) {
    context.setApplicationContextClassLoader(
        own == null ? loader : new RouteClassLoader(loader, own));
    context.addComponent("service", new ServiceComponent(registry, invoker, entrances));
    context.addComponent("connection", new ConnectionComponent(connections, invoker));
  }
}
