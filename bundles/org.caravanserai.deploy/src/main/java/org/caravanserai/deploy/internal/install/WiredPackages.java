package org.caravanserai.deploy.internal.install;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.caravanserai.deploy.internal.compile.ExportedPackage;
import org.caravanserai.deploy.internal.compile.PackagePin;
import org.caravanserai.deploy.internal.compile.Packages;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The packages that resolved bundles export, the system bundle included. Of several providers
 * sources get the highest version; of the same version a bundle of the server goes before a
 * library, among those the bundle installed first, among libraries the one that came last.
 *
 * <p>What the server's own types refer to, sources get from where the server has it: from another
 * provider it could not be wired.
 */
public final class WiredPackages
    implements Supplier<Packages>, SynchronousBundleListener, AutoCloseable {

  private static final String API = "org.caravanserai.api";

  private static final Comparator<Provider> PREFERENCE =
      Comparator.comparing(Provider::version)
          .reversed()
          .thenComparing(each -> each.library().isPresent())
          .thenComparing(each -> each.library().isPresent() ? -each.bundle() : each.bundle());

  private final BundleContext context;
  private final SharedLibraries libraries;
  private final AtomicLong changes = new AtomicLong();
  private @Nullable Packages packages;
  private long packagesOf = -1;

  /** A package with what it is judged by. */
  private record Provider(
      Version version, Optional<SharedLibraries.Mark> library, long bundle, ExportedPackage it) {}

  /**
   * Watches the bundles of that framework.
   *
   * @param libraries which of them are shared libraries
   */
  public WiredPackages(BundleContext context, SharedLibraries libraries) {
    this.context = context;
    this.libraries = libraries;
    context.addBundleListener(this);
  }

  /** Grows whenever packages may have come or gone. */
  public long changes() {
    return changes.get() + libraries.changes();
  }

  @Override
  public synchronized Packages get() {
    long now = changes();
    Packages known = packages;
    if (known == null || packagesOf != now) {
      known = read();
      packages = known;
      packagesOf = now;
    }
    return known;
  }

  private Packages read() {
    List<Provider> providers = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wiring = isPassing(bundle) ? null : bundle.adapt(BundleWiring.class);
      if (wiring != null && wiring.getClassLoader() != null) {
        addExports(bundle, wiring, providers);
      }
    }
    providers.sort(PREFERENCE);
    List<ExportedPackage> all = new ArrayList<>(providers.stream().map(Provider::it).toList());
    Map<String, ClassLoader> ofTheServer =
        all.stream()
            .filter(each -> each.name().equals(API))
            .findFirst()
            .map(each -> each.uses().get())
            .orElse(Map.of());
    // Stable: the rest stays in its order.
    all.sort(Comparator.comparing(each -> ofTheServer.get(each.name()) != each.loader()));
    return new Packages(all, loadersOfTheServer(all));
  }

  /** Of Java, the API, and all bundles that its bundle is wired to, and these in turn. */
  private Set<ClassLoader> loadersOfTheServer(List<ExportedPackage> all) {
    Set<ClassLoader> loaders = new HashSet<>();
    BundleWiring java = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(BundleWiring.class);
    loaders.add(java.getClassLoader());
    Optional<ClassLoader> api =
        all.stream()
            .filter(each -> each.name().equals(API))
            .map(ExportedPackage::loader)
            .findFirst();
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wiring = RevisionLabel.isOf(bundle) ? null : bundle.adapt(BundleWiring.class);
      if (wiring != null && api.filter(each -> each == wiring.getClassLoader()).isPresent()) {
        collect(wiring, loaders);
      }
    }
    return loaders;
  }

  private static void collect(BundleWiring wiring, Set<ClassLoader> into) {
    if (wiring.getClassLoader() != null && into.add(wiring.getClassLoader())) {
      for (BundleWire each : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
        collect(each.getProviderWiring(), into);
      }
    }
  }

  private void addExports(Bundle bundle, BundleWiring wiring, List<Provider> into) {
    Optional<SharedLibraries.Mark> library = libraries.of(bundle);
    for (BundleCapability each : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
      // Only an import that names the mandatory attributes would be wired to it.
      if (each.getDirectives().containsKey(PackageNamespace.CAPABILITY_MANDATORY_DIRECTIVE)) {
        continue;
      }
      Object attribute = each.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
      Version version = attribute instanceof Version known ? known : Version.emptyVersion;
      into.add(
          new Provider(
              version,
              library,
              bundle.getBundleId(),
              new ExportedPackage(
                  String.valueOf(each.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)),
                  new PackagePin(version.toString(), library.map(SharedLibraries.Mark::sha256)),
                  library.map(SharedLibraries.Mark::offered).orElse(true),
                  wiring.getClassLoader(),
                  new PackageUses(each))));
    }
  }

  /** Whether nobody gets packages from it. */
  private static boolean isPassing(Bundle bundle) {
    return RevisionLabel.isOf(bundle) || TrialBundle.is(bundle);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    int relevant =
        BundleEvent.RESOLVED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UPDATED
            | BundleEvent.UNINSTALLED;
    if ((event.getType() & relevant) != 0 && !isPassing(event.getBundle())) {
      changes.incrementAndGet();
    }
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }
}
