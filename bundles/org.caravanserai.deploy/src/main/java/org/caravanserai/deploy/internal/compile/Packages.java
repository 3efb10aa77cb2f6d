package org.caravanserai.deploy.internal.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packages that a new bundle could import at some moment, one provider each, with their types.
 */
public final class Packages {

  private final Map<String, ExportedPackage> byName = new HashMap<>();
  private final Set<String> prefixes = new HashSet<>();
  private final TypeCache types = new TypeCache();

  /**
   * The packages as they are now.
   *
   * @param packages one for each name
   */
  public Packages(Collection<ExportedPackage> packages) {
    for (ExportedPackage each : packages) {
      byName.put(each.name(), each);
      addWithParents(each.name(), prefixes);
    }
  }

  /** The package of that name; empty if nobody exports it. */
  public Optional<ExportedPackage> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether there is a package of that name, or one below it. */
  boolean isPrefix(String name) {
    return prefixes.contains(name);
  }

  /** The types read so far. */
  TypeCache types() {
    return types;
  }

  static void addWithParents(String name, Set<String> into) {
    String each = name;
    while (into.add(each)) {
      int dot = each.lastIndexOf('.');
      if (dot < 0) {
        return;
      }
      each = each.substring(0, dot);
    }
  }
}
