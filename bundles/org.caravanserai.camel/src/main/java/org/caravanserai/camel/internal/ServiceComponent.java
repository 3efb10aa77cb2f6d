package org.caravanserai.camel.internal;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;

/** {@code service:NAME}: calls the service of that name. */
final class ServiceComponent extends DefaultComponent {

  private final ServiceRegistry registry;
  private final Invoker invoker;

  /** A component for one Camel context. */
  ServiceComponent(ServiceRegistry registry, Invoker invoker) {
    this.registry = registry;
    this.invoker = invoker;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new ServiceEndpoint(uri, this, registry.slot(remaining), invoker);
  }
}
