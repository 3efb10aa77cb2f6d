package org.caravanserai.deploy.internal.code;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.caravanserai.deploy.internal.compile.ExportedPackage;
import org.caravanserai.deploy.internal.compile.Packages;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of the types that sources can import, and of their packages. */
final class TypeIndex {

  private static final Logger LOG = LoggerFactory.getLogger(TypeIndex.class);

  private static final String CLASS = ".class";

  /** Java's own do not change while it runs. */
  private static final Map<String, SortedSet<String>> PLATFORM = platform();

  private final TreeMap<String, SortedSet<String>> packages = new TreeMap<>(PLATFORM);
  private final TreeMap<String, List<String>> bySimpleName =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  TypeIndex(Packages visible) {
    for (ExportedPackage each : visible.offered().values()) {
      if (!each.name().startsWith("java.")) {
        packages.put(each.name(), types(each));
      }
    }
    packages.forEach(
        (name, types) ->
            types.forEach(
                type ->
                    bySimpleName
                        .computeIfAbsent(type, key -> new ArrayList<>())
                        .add(name + "." + type)));
  }

  /** The types of a package, by their simple names; none if there is no such package. */
  Collection<String> types(String packageName) {
    return packages.getOrDefault(packageName, Collections.emptySortedSet());
  }

  /** The next words of the packages whose names begin with some words and a dot. */
  SortedSet<String> packagesBelow(String name) {
    String begin = name.isEmpty() ? "" : name + ".";
    SortedSet<String> next = new TreeSet<>();
    for (String each : packages.tailMap(begin).keySet()) {
      if (!each.startsWith(begin)) {
        break;
      }
      String rest = each.substring(begin.length());
      if (!rest.isEmpty()) {
        next.add(rest.split("\\.", 2)[0]);
      }
    }
    return next;
  }

  /** The types whose simple names begin so, in any case, by their full names. */
  List<String> startingWith(String prefix, int limit) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : bySimpleName.tailMap(prefix).entrySet()) {
      if (!each.getKey().regionMatches(true, 0, prefix, 0, prefix.length())) {
        break;
      }
      // Names that differ in case only lie together.
      found.addAll(each.getValue());
      if (found.size() >= limit) {
        return found.subList(0, limit);
      }
    }
    return found;
  }

  private static SortedSet<String> types(ExportedPackage exported) {
    String folder = exported.name().replace('.', '/');
    SortedSet<String> types = new TreeSet<>();
    if (exported.loader() instanceof BundleReference bundle) {
      BundleWiring wiring = bundle.getBundle().adapt(BundleWiring.class);
      if (wiring != null) {
        wiring
            .listResources(folder, "*" + CLASS, BundleWiring.LISTRESOURCES_LOCAL)
            .forEach(each -> add(each.substring(folder.length() + 1), types));
      }
      return types;
    }
    try {
      for (URL each : Collections.list(exported.loader().getResources(folder))) {
        list(each, folder, types);
      }
    } catch (IOException e) {
      LOG.debug("The types of {} can't be listed", exported.name(), e);
    }
    return types;
  }

  private static void list(URL folder, String path, Set<String> into) throws IOException {
    if (folder.getProtocol().equals("file")) {
      String[] names = new File(folder.getPath()).list();
      for (String each : names == null ? new String[0] : names) {
        add(each, into);
      }
    } else if (folder.openConnection() instanceof JarURLConnection jar) {
      jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(path + "/"))
          .map(name -> name.substring(path.length() + 1))
          .forEach(name -> add(name, into));
    }
  }

  private static void add(String file, Set<String> into) {
    boolean isType =
        file.endsWith(CLASS)
            && file.indexOf('$') < 0
            && file.indexOf('/') < 0
            && file.indexOf('-') < 0;
    if (isType) {
      into.add(file.substring(0, file.length() - CLASS.length()));
    }
  }

  private static Map<String, SortedSet<String>> platform() {
    Map<String, SortedSet<String>> packages = new TreeMap<>();
    FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports exports : module.getDescriptor().exports()) {
        if (!exports.isQualified() && exports.source().startsWith("java.")) {
          Path folder =
              runtime.getPath("modules", module.getName(), exports.source().replace('.', '/'));
          SortedSet<String> types = new TreeSet<>();
          try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> add(file.getFileName().toString(), types));
          } catch (IOException e) {
            LOG.debug("The types of {} can't be listed", exports.source(), e);
          }
          packages.put(exports.source(), types);
        }
      }
    }
    return packages;
  }
}
