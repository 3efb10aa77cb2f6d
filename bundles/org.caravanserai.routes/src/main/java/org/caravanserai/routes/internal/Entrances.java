package org.caravanserai.routes.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravanserai.camel.RouteEntry;
import org.caravanserai.camel.ServiceEntrances;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;

/** The doors of one revision's routes that are the server's own: they are services. */
final class Entrances implements ServiceEntrances {

  private final Map<String, RouteEntry> entries = new LinkedHashMap<>();
  private List<ServiceRevision> revisions = List.of();

  @Override
  public void add(String service, RouteEntry entrance) {
    if (entries.putIfAbsent(service, entrance) != null) {
      throw new IllegalArgumentException("two routes start from service:" + service);
    }
  }

  /** Makes revisions of services out of them. */
  void prepare(ServiceRegistry registry, String deployment, int revision)
      throws RevisionRefusedException {
    List<ServiceRevision> prepared = new ArrayList<>();
    for (Map.Entry<String, RouteEntry> each : entries.entrySet()) {
      prepared.add(registry.prepare(each.getKey(), each.getValue(), deployment, revision));
    }
    revisions = List.copyOf(prepared);
  }

  List<ServiceRevision> revisions() {
    return revisions;
  }
}
