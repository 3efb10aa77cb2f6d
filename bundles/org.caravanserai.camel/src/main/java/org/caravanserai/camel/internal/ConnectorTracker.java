package org.caravanserai.camel.internal;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;

/** Keeps the {@link ConnectorClassLoader} to the active bundles that carry Camel components. */
final class ConnectorTracker extends BundleTracker<ClassLoader> {

  private static final String HEADER = "Camel-Connector";

  private final ConnectorClassLoader loader;

  /** Tracks bundles until it is closed. */
  ConnectorTracker(BundleContext context, ConnectorClassLoader loader) {
    super(context, Bundle.STARTING | Bundle.ACTIVE, null);
    this.loader = loader;
  }

  @Override
  public @Nullable ClassLoader addingBundle(Bundle bundle, @Nullable BundleEvent event) {
    if (bundle.equals(context.getBundle())
        || !Boolean.parseBoolean(bundle.getHeaders("").get(HEADER))) {
      return null;
    }
    ClassLoader connector = bundle.adapt(BundleWiring.class).getClassLoader();
    loader.add(connector);
    return connector;
  }

  @Override
  public void removedBundle(Bundle bundle, @Nullable BundleEvent event, ClassLoader connector) {
    loader.remove(connector);
  }
}
