package org.caravanserai.deploy.internal.compile;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The packages that classes must import. */
final class Imports {

  private Imports() {}

  /**
   * The packages that they refer to and do not define, with the providers that there are now.
   *
   * @throws IllegalArgumentException if one is no class file
   */
  static SortedMap<String, PackagePin> of(
      Collection<CompiledClass> classes, Packages visible, LibraryTypes libraries) {
    Set<String> own = new HashSet<>();
    Set<String> referred = new HashSet<>();
    for (CompiledClass each : classes) {
      own.add(each.name().substring(0, Math.max(0, each.name().lastIndexOf('.'))));
      referred.addAll(ClassReferences.packagesOf(each.bytes()));
    }
    referred.removeIf(name -> libraries.has(name) && !visible.isOfTheServer(name));
    // Of all else that its libraries refer to, what they need is among them.
    libraries.referred().stream().filter(visible::isOfTheServer).forEach(referred::add);
    SortedMap<String, PackagePin> imports = new TreeMap<>();
    for (String name : referred) {
      if (!own.contains(name) && !JavaPlatform.covers(name)) {
        visible.find(name).ifPresent(found -> imports.put(name, found.pin()));
      }
    }
    return imports;
  }
}
