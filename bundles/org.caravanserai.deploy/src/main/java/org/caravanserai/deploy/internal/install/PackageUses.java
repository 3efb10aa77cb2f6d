package org.caravanserai.deploy.internal.install;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The packages that the types of an exported package refer to, its {@code uses} constraints (OSGi
 * Core R8, section 3.7.5), with those that these refer to in turn. Found out once, when asked for.
 */
final class PackageUses implements Supplier<Map<String, ClassLoader>> {

  private final BundleCapability exported;
  private @Nullable Map<String, ClassLoader> known;

  PackageUses(BundleCapability exported) {
    this.exported = exported;
  }

  @Override
  public synchronized Map<String, ClassLoader> get() {
    Map<String, ClassLoader> found = known;
    if (found == null) {
      Map<String, ClassLoader> collected = new HashMap<>();
      collect(exported, collected);
      found = Map.copyOf(collected);
      known = found;
    }
    return found;
  }

  private static void collect(BundleCapability from, Map<String, ClassLoader> into) {
    BundleWiring wiring = from.getRevision().getWiring();
    String uses = from.getDirectives().get(Constants.USES_DIRECTIVE);
    if (wiring == null || uses == null) {
      return;
    }
    for (String each : Arrays.stream(uses.split(",", -1)).map(String::strip).toList()) {
      if (into.containsKey(each)) {
        continue;
      }
      Optional<BundleCapability> source = source(wiring, each);
      if (source.isPresent()) {
        BundleWiring provider = source.get().getRevision().getWiring();
        if (provider != null && provider.getClassLoader() != null) {
          into.put(each, provider.getClassLoader());
          collect(source.get(), into);
        }
      }
    }
  }

  /** Whence a bundle has a package: from the one that it imports it from, else from itself. */
  private static Optional<BundleCapability> source(BundleWiring wiring, String name) {
    Optional<BundleCapability> imported =
        wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
            .map(BundleWire::getCapability)
            .filter(each -> isNamed(each, name))
            .findFirst();
    List<BundleCapability> own = wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
    return imported.or(() -> own.stream().filter(each -> isNamed(each, name)).findFirst());
  }

  private static boolean isNamed(BundleCapability capability, String name) {
    return name.equals(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
  }
}
