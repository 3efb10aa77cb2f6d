package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.CompiledSource;

/** A revision as the jar of a bundle: it imports what its classes refer to and exports nothing. */
final class RevisionJar {

  private RevisionJar() {}

  static byte[] of(RevisionLabel label, CompiledSource source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers(label, source)
        .forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      // It is read once and soon; time counts, not size.
      jar.setLevel(Deflater.BEST_SPEED);
      for (CompiledClass each : source.classes()) {
        jar.putNextEntry(new ZipEntry(each.name().replace('.', '/') + ".class"));
        jar.write(each.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Map<String, String> headers(RevisionLabel label, CompiledSource source) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", label.deployment());
    headers.put("Bundle-Version", label.version());
    headers.put("Bundle-Name", "Service deployment " + label);
    headers.put("Serai-Deployment", label.deployment());
    headers.put(
        "Serai-Service",
        source.services().stream().map(CompiledClass::name).collect(Collectors.joining(",")));
    if (!source.imports().isEmpty()) {
      headers.put(
          "Import-Package",
          source.imports().entrySet().stream()
              .map(
                  each ->
                      String.format(
                          "%s;version=\"[%s,%s]\"",
                          each.getKey(), each.getValue(), each.getValue()))
              .collect(Collectors.joining(",")));
    }
    return headers;
  }
}
