package org.caravanserai.deploy;

import java.util.List;

/**
 * A bundle that a change of another one restarts, because it is wired to it.
 *
 * @param id its id
 * @param name its symbolic name
 * @param version its version
 * @param services the services in it, by name
 */
public record AffectedBundle(long id, String name, String version, List<String> services) {

  /** Reads {@code org.acme.orders 1.2.0 (bundle 87; services orders.new, orders.old)}. */
  @Override
  public String toString() {
    String serving = services.isEmpty() ? "" : "; services " + String.join(", ", services);
    return name + " " + version + " (bundle " + id + serving + ")";
  }
}
