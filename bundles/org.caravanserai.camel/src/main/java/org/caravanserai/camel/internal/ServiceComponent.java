package org.caravanserai.camel.internal;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.caravanserai.camel.ServiceEntrances;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** {@code service:NAME}: calls the service of that name, or is it. */
public final class ServiceComponent extends DefaultComponent {

  private final ServiceRegistry registry;
  private final Invoker invoker;
  private final @Nullable ServiceEntrances entrances;

  /**
   * A component for a context that a bundle has made itself, which Camel finds as any other.
   *
   * @throws IllegalStateException if the server has no services now
   */
  public ServiceComponent() {
    this(Server.the(ServiceRegistry.class), Server.the(Invoker.class), null);
  }

  /**
   * A component for one Camel context.
   *
   * @param entrances takes the routes that start from services; {@code null} if none can
   */
  ServiceComponent(
      ServiceRegistry registry, Invoker invoker, @Nullable ServiceEntrances entrances) {
    this.registry = registry;
    this.invoker = invoker;
    this.entrances = entrances;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new ServiceEndpoint(uri, this, registry.slot(remaining), invoker, entrances);
  }
}
