package org.caravanserai.deploy.internal.features;

import java.util.List;
import org.caravanserai.deploy.AffectedBundle;

/**
 * A bundle that a change of features restarts or takes away, though it is none of that change.
 *
 * @param id its id
 * @param name its symbolic name
 * @param version its version
 * @param why why it has to be
 * @param services the services in it, by name
 */
public record Disturbed(long id, String name, String version, String why, List<String> services) {

  /** The same without the reason. */
  public AffectedBundle affected() {
    return new AffectedBundle(id, name, version, services);
  }

  /** Reads {@code org.acme.orders 1.2.0 (bundle 87; service orders.new): is wired to ...}. */
  @Override
  public String toString() {
    String serving = services.isEmpty() ? "" : "; services " + String.join(", ", services);
    return name + " " + version + " (bundle " + id + serving + "): " + why;
  }
}
