package org.caravanserai.deploy.internal.compile;

import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;

/** The {@code java.*} packages of the running Java, which every bundle sees without an import. */
final class JavaPlatform {

  private final Set<String> packages = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();
  private final TypeCache types = new TypeCache();

  JavaPlatform() {
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports exports : module.getDescriptor().exports()) {
        if (!exports.isQualified() && covers(exports.source())) {
          packages.add(exports.source());
          Packages.addWithParents(exports.source(), prefixes);
        }
      }
    }
  }

  /** Whether a package is the platform's to define. */
  static boolean covers(String packageName) {
    return packageName.startsWith("java.");
  }

  boolean isPrefix(String name) {
    return prefixes.contains(name);
  }

  Optional<ClassFileReader> find(String packageName, String path) {
    return packages.contains(packageName)
        ? types.find(path, ClassLoader.getSystemClassLoader())
        : Optional.empty();
  }
}
