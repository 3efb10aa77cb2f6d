package org.caravanserai.deploy.internal.install;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.caravanserai.deploy.internal.compile.ExportedPackage;
import org.caravanserai.deploy.internal.compile.Packages;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The packages that resolved bundles export, the system bundle included; of several providers the
 * highest version wins, then the bundle installed first, as in the framework's own choice.
 */
public final class WiredPackages
    implements Supplier<Packages>, SynchronousBundleListener, AutoCloseable {

  private final BundleContext context;
  private final AtomicLong changes = new AtomicLong();
  private @Nullable Packages packages;
  private long packagesOf = -1;

  /** Watches the bundles of that framework. */
  public WiredPackages(BundleContext context) {
    this.context = context;
    context.addBundleListener(this);
  }

  /** Grows whenever packages may have come or gone. */
  public long changes() {
    return changes.get();
  }

  @Override
  public synchronized Packages get() {
    long now = changes.get();
    Packages known = packages;
    if (known == null || packagesOf != now) {
      known = read();
      packages = known;
      packagesOf = now;
    }
    return known;
  }

  private Packages read() {
    Map<String, ExportedPackage> best = new HashMap<>();
    Map<String, Version> versions = new HashMap<>();
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wiring = RevisionBundles.owns(bundle) ? null : bundle.adapt(BundleWiring.class);
      if (wiring == null || wiring.getClassLoader() == null) {
        continue;
      }
      for (BundleCapability each : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
        // Only an import that names the mandatory attributes would be wired to it.
        if (each.getDirectives().containsKey(PackageNamespace.CAPABILITY_MANDATORY_DIRECTIVE)) {
          continue;
        }
        String name = String.valueOf(each.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
        Object attribute = each.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
        Version version = attribute instanceof Version known ? known : Version.emptyVersion;
        Version other = versions.get(name);
        if (other == null || version.compareTo(other) > 0) {
          versions.put(name, version);
          best.put(
              name,
              new ExportedPackage(
                  name, version.toString(), wiring.getClassLoader(), new PackageUses(each)));
        }
      }
    }
    return new Packages(best.values());
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    int relevant =
        BundleEvent.RESOLVED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UPDATED
            | BundleEvent.UNINSTALLED;
    if ((event.getType() & relevant) != 0 && !RevisionBundles.owns(event.getBundle())) {
      changes.incrementAndGet();
    }
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }
}
