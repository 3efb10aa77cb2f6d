package org.caravanserai.camel.internal;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;

/**
 * Keeps the {@link ConnectorClassLoader} to the active bundles that carry Camel components: those
 * which say so, and those which use the Camel of this bundle and have something for it to find,
 * such as a jar of Camel in a folder {@code lib}.
 */
final class ConnectorTracker extends BundleTracker<ClassLoader> {

  private static final String HEADER = "Camel-Connector";
  private static final String FOUND_BY_CAMEL = "META-INF/services/org/apache/camel/";

  private final ConnectorClassLoader loader;

  /** Tracks bundles until it is closed. */
  ConnectorTracker(BundleContext context, ConnectorClassLoader loader) {
    super(context, Bundle.STARTING | Bundle.ACTIVE, null);
    this.loader = loader;
  }

  @Override
  public @Nullable ClassLoader addingBundle(Bundle bundle, @Nullable BundleEvent event) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    boolean marked = Boolean.parseBoolean(bundle.getHeaders("").get(HEADER));
    if (wiring == null
        || bundle.equals(context.getBundle())
        || !(marked || bringsComponents(bundle, wiring))) {
      return null;
    }
    ClassLoader connector = wiring.getClassLoader();
    loader.add(connector);
    return connector;
  }

  private boolean bringsComponents(Bundle bundle, BundleWiring wiring) {
    return bundle.getEntryPaths(FOUND_BY_CAMEL) != null
        && wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
            .anyMatch(wire -> context.getBundle().equals(wire.getProvider().getBundle()));
  }

  @Override
  public void removedBundle(Bundle bundle, @Nullable BundleEvent event, ClassLoader connector) {
    loader.remove(connector);
  }
}
