package org.caravanserai.deploy.internal.compile;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.caravanserai.deploy.internal.dependency.LibraryContent;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;
import org.jspecify.annotations.Nullable;

/** What a deployment sees of the libraries that it has for itself. */
final class LibraryTypes {

  /** Of a deployment without such libraries. */
  static final LibraryTypes NONE = new LibraryTypes(List.of());

  private final List<LibraryContent> contents;
  private final Set<String> packages = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();
  private final ConcurrentMap<String, Optional<ClassFileReader>> types = new ConcurrentHashMap<>();
  private @Nullable Set<String> referred;

  /** Sees libraries in the order of a class path. */
  LibraryTypes(List<LibraryContent> contents) {
    this.contents = contents;
    contents.forEach(each -> packages.addAll(each.packages()));
    packages.forEach(each -> Packages.addWithParents(each, prefixes));
  }

  /** Whether they have classes of a package. */
  boolean has(String packageName) {
    return packages.contains(packageName);
  }

  /** Whether they have a package of that name, or one below it. */
  boolean isPrefix(String name) {
    return prefixes.contains(name);
  }

  /**
   * The type of that name.
   *
   * @param path the name with slashes, without {@code .class}
   */
  Optional<ClassFileReader> find(String path) {
    return types.computeIfAbsent(path, this::read);
  }

  private Optional<ClassFileReader> read(String path) {
    for (LibraryContent each : contents) {
      byte[] found = each.read(path + ".class");
      if (found != null) {
        try {
          return Optional.of(new ClassFileReader(found, path.toCharArray(), true));
        } catch (ClassFormatException e) {
          // Not readable is not there: the compiler then says which type it misses.
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** The packages that their classes refer to. */
  synchronized Set<String> referred() {
    Set<String> known = referred;
    if (known == null) {
      known = new HashSet<>();
      for (LibraryContent content : contents) {
        for (byte[] each : content.classFiles()) {
          try {
            known.addAll(ClassReferences.packagesOf(each));
          } catch (IllegalArgumentException | IndexOutOfBoundsException | UncheckedIOException e) {
            // It can't be loaded either, which matters to nobody before it is used.
          }
        }
      }
      referred = known;
    }
    return known;
  }
}
