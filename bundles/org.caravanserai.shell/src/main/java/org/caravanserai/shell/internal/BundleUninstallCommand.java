package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.bundle.core.BundleService;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.deploy.BundleChanges;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Uninstalls bundles, unless others are wired to them; in the place of Karaf's own. */
@Service
@Command(
    scope = "bundle",
    name = "uninstall",
    description = "Uninstalls bundles after the last calls of their services")
public final class BundleUninstallCommand implements Action {

  @Argument(
      name = "ids",
      multiValued = true,
      required = true,
      description = "The bundles: ids, names, or name/version")
  private List<String> ids;

  @Option(name = "--force", description = "Also if bundles of others are wired to them")
  private boolean force;

  @Reference private BundleService bundles;

  @Reference private BundleChanges changes;

  @Override
  public @Nullable Object execute() throws BundleException {
    List<Bundle> meant = bundles.selectBundles(ids, false);
    if (meant.isEmpty()) {
      throw new IllegalArgumentException("There is no bundle " + String.join(", ", ids));
    }
    BundleGuard.check(
        changes.affected(meant),
        force,
        "are wired to them, and lose them when they are refreshed or the server restarts");
    for (Bundle each : meant) {
      each.uninstall();
    }
    return null;
  }
}
