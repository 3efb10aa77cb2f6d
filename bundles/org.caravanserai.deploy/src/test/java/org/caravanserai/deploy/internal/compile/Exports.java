package org.caravanserai.deploy.internal.compile;

import java.util.List;
import java.util.Map;

/** Packages for tests that need no framework. */
final class Exports {

  private Exports() {}

  static Packages ofApi() {
    ClassLoader loader = Exports.class.getClassLoader();
    return new Packages(
        List.of(
            exported("org.caravanserai.api", "1.2.3", loader),
            exported("org.slf4j", "2.0.17", loader),
            exported("com.fasterxml.jackson.databind", "2.20.0", loader),
            exported("com.fasterxml.jackson.annotation", "2.20.0", loader)));
  }

  private static ExportedPackage exported(String name, String version, ClassLoader loader) {
    return new ExportedPackage(name, PackagePin.of(version), true, loader, Map::of);
  }
}
