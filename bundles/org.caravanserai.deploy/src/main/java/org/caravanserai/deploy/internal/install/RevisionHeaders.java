package org.caravanserai.deploy.internal.install;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.PackagePin;

/**
 * The manifest of a revision's bundle: it imports what its classes refer to and exports nothing.
 */
final class RevisionHeaders {

  private RevisionHeaders() {}

  static Map<String, String> of(RevisionLabel label, Compiled compiled) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", label.deployment());
    headers.put("Bundle-Version", label.version());
    headers.put("Bundle-Name", "Service deployment " + label);
    headers.put("Serai-Deployment", label.deployment());
    headers.put(
        "Serai-Service",
        compiled.services().stream().map(CompiledClass::name).collect(Collectors.joining(",")));
    if (!compiled.dependencies().libraries().isEmpty()) {
      headers.put(
          "Bundle-ClassPath",
          Stream.concat(
                  Stream.of("."),
                  compiled.dependencies().libraries().stream().map(RevisionJar::path).distinct())
              .collect(Collectors.joining(",")));
    }
    if (!compiled.imports().isEmpty()) {
      headers.put(
          "Import-Package",
          compiled.imports().entrySet().stream()
              .map(each -> clause(each.getKey(), each.getValue()))
              .collect(Collectors.joining(",")));
    }
    return headers;
  }

  private static String clause(String packageName, PackagePin pin) {
    return String.format("%s;version=\"[%s,%s]\"", packageName, pin.version(), pin.version())
        + pin.library().map(hash -> ";" + SharedLibraries.PIN + ":=" + hash).orElse("");
  }
}
