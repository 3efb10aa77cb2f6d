package org.caravanserai.deploy.internal.compile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.caravanserai.deploy.internal.dependency.Dependencies;
import org.caravanserai.spi.Diagnostic;

/**
 * A deployment as classes.
 *
 * @param fileName its name in diagnostics that concern no source in particular
 * @param classes its classes
 * @param imports the packages that its classes refer to, with the provider of each that they were
 *     compiled against; {@code java.*} excepted
 * @param places where its sources import packages; not all that they refer to
 * @param resources its other files, by path
 * @param dependencies what it has from Maven repositories for itself
 */
public record Compiled(
    String fileName,
    List<CompiledClass> classes,
    SortedMap<String, PackagePin> imports,
    Map<String, ImportPlace> places,
    SortedMap<String, byte[]> resources,
    Dependencies dependencies) {

  /** A deployment that has nothing from Maven repositories. */
  public Compiled(
      String fileName,
      List<CompiledClass> classes,
      SortedMap<String, PackagePin> imports,
      Map<String, ImportPlace> places,
      SortedMap<String, byte[]> resources) {
    this(fileName, classes, imports, places, resources, Dependencies.NONE);
  }

  /** The classes that are services. */
  public List<CompiledClass> services() {
    return classes.stream().filter(CompiledClass::service).toList();
  }

  /** An error at the declaration of a class; at the whole if it is none of these. */
  public Diagnostic errorAt(String className, String message) {
    return find(className)
        .map(type -> Diagnostic.error(type.file(), type.line(), type.column(), message))
        .orElseGet(() -> Diagnostic.error(fileName, 0, 0, message));
  }

  /** An error at a line of the source of a class. */
  public Diagnostic errorAtLine(String className, int line, String message) {
    return Diagnostic.error(
        find(className).map(CompiledClass::file).orElse(fileName), line, 1, message);
  }

  /** An error at the place where a package is imported first. */
  public Diagnostic errorAtImport(String packageName, String message) {
    ImportPlace place = places.getOrDefault(packageName, new ImportPlace(fileName, 0, 0));
    return Diagnostic.error(place.file(), place.line(), place.column(), message);
  }

  private Optional<CompiledClass> find(String className) {
    return classes.stream().filter(type -> type.name().equals(className)).findFirst();
  }
}
