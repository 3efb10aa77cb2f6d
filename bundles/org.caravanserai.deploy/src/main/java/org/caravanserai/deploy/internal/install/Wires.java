package org.caravanserai.deploy.internal.install;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.ExportedPackage;
import org.caravanserai.deploy.internal.compile.PackagePin;
import org.caravanserai.deploy.internal.compile.Packages;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** What loads the packages that a revision imports. */
final class Wires {

  private Wires() {}

  /**
   * Chooses as the framework's resolver does for bundles that only import packages of one exact
   * version and library: the provider of that, unless types would come from two.
   *
   * @throws RejectedException if a package is not there, or there twice
   */
  static Map<String, ClassLoader> choose(Compiled compiled, Packages packages)
      throws RejectedException {
    Map<String, ExportedPackage> chosen = new HashMap<>();
    List<Diagnostic> broken = new ArrayList<>();
    for (Map.Entry<String, PackagePin> each : compiled.imports().entrySet()) {
      packages
          .find(each.getKey(), each.getValue())
          .ifPresentOrElse(
              found -> chosen.put(each.getKey(), found),
              () -> broken.add(broken(compiled, each.getKey(), "no bundle exports it")));
    }
    for (ExportedPackage each : chosen.values()) {
      each.uses()
          .get()
          .forEach(
              (name, loader) -> {
                ExportedPackage own = chosen.get(name);
                if (own != null && own.loader() != loader) {
                  broken.add(
                      broken(
                          compiled,
                          name,
                          "package " + each.name() + " uses it from another bundle"));
                }
              });
    }
    if (!broken.isEmpty()) {
      throw new RejectedException(Stage.LINK, broken);
    }
    Map<String, ClassLoader> loaders = new HashMap<>();
    chosen.forEach((name, found) -> loaders.put(name, found.loader()));
    return loaders;
  }

  /** What the framework has chosen for a bundle that is resolved. */
  static Map<String, ClassLoader> of(Bundle bundle) {
    Map<String, ClassLoader> loaders = new HashMap<>();
    @Nullable BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring != null) {
      for (BundleWire each : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
        loaders.put(
            String.valueOf(
                each.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)),
            each.getProviderWiring().getClassLoader());
      }
    }
    return loaders;
  }

  static Diagnostic broken(Compiled compiled, String packageName, String reason) {
    return compiled.errorAtImport(
        packageName,
        String.format(
            "package %s (version %s) can't be wired: %s",
            packageName,
            Optional.ofNullable(compiled.imports().get(packageName))
                .map(PackagePin::version)
                .orElse("unknown"),
            reason));
  }
}
