package org.caravanserai.deploy.internal.compile;

import java.util.List;
import java.util.SortedMap;
import org.caravanserai.spi.Diagnostic;

/**
 * A source that compiled.
 *
 * @param fileName the file's name in diagnostics and stack traces
 * @param head its package and import declarations
 * @param classes its classes
 * @param imports the packages that its classes refer to, with the version that each was compiled
 *     against; {@code java.*} excepted
 */
public record CompiledSource(
    String fileName,
    SourceHead head,
    List<CompiledClass> classes,
    SortedMap<String, String> imports) {

  /** The classes that are services. */
  public List<CompiledClass> services() {
    return classes.stream().filter(CompiledClass::service).toList();
  }

  /** An error at the declaration of a class; at the file if it is none of this source's. */
  public Diagnostic errorAt(String className, String message) {
    return classes.stream()
        .filter(type -> type.name().equals(className))
        .findFirst()
        .map(type -> Diagnostic.error(fileName, type.line(), type.column(), message))
        .orElseGet(() -> Diagnostic.error(fileName, 0, 0, message));
  }
}
