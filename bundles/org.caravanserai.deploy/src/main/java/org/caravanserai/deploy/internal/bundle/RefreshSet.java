package org.caravanserai.deploy.internal.bundle;

import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles that are restarted when others change, because they are wired to them. */
final class RefreshSet {

  private final BundleContext context;

  RefreshSet(BundleContext context) {
    this.context = context;
  }

  /** The framework's wiring. */
  FrameworkWiring wiring() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  /** Those that a refresh of these restarts beside them, by id. */
  List<Bundle> of(List<Bundle> changed) {
    return wiring().getDependencyClosure(changed).stream()
        .filter(each -> !changed.contains(each) && each.getBundleId() != 0)
        .sorted(Comparator.comparing(Bundle::getBundleId))
        .toList();
  }
}
