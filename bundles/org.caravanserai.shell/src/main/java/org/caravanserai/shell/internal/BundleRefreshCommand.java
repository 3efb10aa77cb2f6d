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

/** Wires bundles anew while calls of the services in them wait; in the place of Karaf's own. */
@Service
@Command(
    scope = "bundle",
    name = "refresh",
    description = "Wires bundles anew, and those wired to them; calls of their services wait")
public final class BundleRefreshCommand implements Action {

  @Argument(
      name = "ids",
      multiValued = true,
      description = "The bundles: ids, names, or name/version; none for all that wait for it")
  private @Nullable List<String> ids;

  @Option(name = "--force", description = "Also if bundles of others are restarted by it")
  private boolean force;

  @Reference private BundleService bundles;

  @Reference private BundleChanges changes;

  @Override
  public @Nullable Object execute() throws BundleException {
    List<Bundle> meant = ids == null ? List.of() : bundles.selectBundles(ids, false);
    BundleGuard.check(changes.affected(meant), force, "are wired to them and would be restarted");
    changes.refresh(meant);
    return null;
  }
}
