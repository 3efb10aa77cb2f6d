package org.caravanserai.deploy.internal.compile;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;
import org.jspecify.annotations.Nullable;

/** What the compiler can see in one compilation: what the bundle made of it will see. */
final class VisibleTypes implements INameEnvironment {

  private final JavaPlatform platform;
  private final Packages packages;
  private final Set<String> ownPackages;
  private final LibraryTypes libraries;

  /**
   * The view of one deployment.
   *
   * @param ownPackages the packages of its sources, which a bundle does not import
   * @param libraries those which it has for itself
   */
  VisibleTypes(
      JavaPlatform platform, Packages packages, Set<String> ownPackages, LibraryTypes libraries) {
    this.libraries = libraries;
    this.platform = platform;
    this.packages = packages;
    this.ownPackages = ownPackages;
  }

  @Override
  public @Nullable NameEnvironmentAnswer findType(char[][] compoundTypeName) {
    int last = compoundTypeName.length - 1;
    return find(join(compoundTypeName, last), compoundTypeName[last]);
  }

  @Override
  public @Nullable NameEnvironmentAnswer findType(char[] typeName, char[][] packageName) {
    return find(join(packageName, packageName.length), typeName);
  }

  private @Nullable NameEnvironmentAnswer find(String packageName, char[] typeName) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
    if (packageName.isEmpty() || ownPackages.contains(packageName)) {
      return null;
    }
    String path = packageName.replace('.', '/') + "/" + new String(typeName);
    return type(packageName, path)
        .map(found -> new NameEnvironmentAnswer(found, null))
        .orElse(null);
  }

  private Optional<ClassFileReader> type(String packageName, String path) {
    if (JavaPlatform.covers(packageName)) {
      return platform.find(packageName, path);
    }
    if (libraries.has(packageName) && !packages.isOfTheServer(packageName)) {
      return libraries.find(path);
    }
    return packages.find(packageName).flatMap(each -> packages.types().find(path, each.loader()));
  }

  @Override
  public boolean isPackage(char @Nullable [][] parent, char[] name) {
    String prefix = parent == null ? "" : join(parent, parent.length);
    String full = prefix.isEmpty() ? new String(name) : prefix + "." + new String(name);
    return platform.isPrefix(full) || packages.isPrefix(full) || libraries.isPrefix(full);
  }

  @Override
  public void cleanup() {
    // What was read serves the next compilation too.
  }

  private static String join(char[][] parts, int count) {
    if (count == 1) {
      return new String(parts[0]);
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        joined.append('.');
      }
      joined.append(parts[i]);
    }
    return joined.toString();
  }
}
