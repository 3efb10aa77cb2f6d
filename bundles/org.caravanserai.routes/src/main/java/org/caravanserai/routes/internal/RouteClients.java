package org.caravanserai.routes.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.camel.Camel;
import org.caravanserai.camel.ContextEntry;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.ConnectionSource;
import org.caravanserai.spi.Connections.Absence;
import org.jspecify.annotations.Nullable;

/** The deployments with routes, as services send messages to their endpoints. */
final class RouteClients implements ConnectionSource<Camel> {

  private final ServiceRegistry registry;
  private final Invoker invoker;

  /** The places of deployments that there have been, which stay the same for ever. */
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /** Looks into the registry of services. */
  RouteClients(ServiceRegistry registry, Invoker invoker) {
    this.registry = registry;
    this.invoker = invoker;
  }

  @Override
  public Class<Camel> facade() {
    return Camel.class;
  }

  @Override
  public @Nullable Camel find(String name, Caller caller) {
    Slot slot = slots.get(name);
    if (slot == null) {
      String entrance = Entrances.inside(name);
      // A slot of a name that was only asked for would stay for ever, too.
      slot = registry.service(entrance).isPresent() ? registry.slot(entrance) : null;
      if (slot == null) {
        return null;
      }
      slots.put(name, slot);
    }
    return slot.current().isPresent() ? ContextEntry.client(name, slot, invoker, caller) : null;
  }

  @Override
  public Absence absence(String name) {
    return new Absence("No Camel routes are deployed as " + name, "");
  }
}
