package org.caravanserai.deploy.internal.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The packages that a bundle could import at some moment, with all their providers, and the types
 * of those which sources are compiled against.
 */
public final class Packages {

  private final Map<String, List<ExportedPackage>> byName = new HashMap<>();
  private final Set<String> prefixes = new HashSet<>();
  private final Set<ClassLoader> ofTheServer;
  private final TypeCache types = new TypeCache();

  /**
   * Packages of which none is the server's own.
   *
   * @param packages those of one name in the order in which sources prefer them
   */
  public Packages(Collection<ExportedPackage> packages) {
    this(packages, Set.of());
  }

  /**
   * The packages as they are now.
   *
   * @param packages those of one name in the order in which sources prefer them
   * @param ofTheServer what loads the server's own types and Java's, which nobody may have twice
   */
  public Packages(Collection<ExportedPackage> packages, Set<ClassLoader> ofTheServer) {
    this.ofTheServer = ofTheServer;
    for (ExportedPackage each : packages) {
      byName.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each);
      if (each.offered()) {
        addWithParents(each.name(), prefixes);
      }
    }
  }

  /** The package of that name that sources are compiled against; empty if nobody offers it. */
  public Optional<ExportedPackage> find(String name) {
    return all(name).filter(ExportedPackage::offered).findFirst();
  }

  /** The package that something was compiled against; empty if it is not there any more. */
  public Optional<ExportedPackage> find(String name, PackagePin pin) {
    return all(name).filter(each -> each.pin().equals(pin)).findFirst();
  }

  /** Whether a package comes from the server, also for those who have one of that name. */
  boolean isOfTheServer(String name) {
    return find(name).filter(each -> ofTheServer.contains(each.loader())).isPresent();
  }

  private Stream<ExportedPackage> all(String name) {
    return byName.getOrDefault(name, List.of()).stream();
  }

  /** The packages that sources are compiled against, by name. */
  public SortedMap<String, ExportedPackage> offered() {
    SortedMap<String, ExportedPackage> offered = new TreeMap<>();
    byName.keySet().forEach(name -> find(name).ifPresent(each -> offered.put(name, each)));
    return offered;
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
