package org.caravanserai.deploy.internal.compile;

import java.util.List;

/** Packages for tests that need no framework. */
final class Exports {

  private Exports() {}

  static Packages ofApi() {
    ClassLoader loader = Exports.class.getClassLoader();
    return new Packages(
        List.of(
            new ExportedPackage("org.caravanserai.api", "1.2.3", loader),
            new ExportedPackage("org.slf4j", "2.0.17", loader),
            new ExportedPackage("com.fasterxml.jackson.databind", "2.20.0", loader),
            new ExportedPackage("com.fasterxml.jackson.annotation", "2.20.0", loader)));
  }
}
