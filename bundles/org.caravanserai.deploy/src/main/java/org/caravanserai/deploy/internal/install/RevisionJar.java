package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.CompiledClass;

/** A revision as the jar of a bundle. */
final class RevisionJar {

  private RevisionJar() {}

  static byte[] of(RevisionLabel label, Compiled compiled) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    RevisionHeaders.of(label, compiled)
        .forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      // It is read once and soon; time counts, not size.
      jar.setLevel(Deflater.BEST_SPEED);
      for (CompiledClass each : compiled.classes()) {
        jar.putNextEntry(new ZipEntry(each.path()));
        jar.write(each.bytes());
      }
      for (Map.Entry<String, byte[]> each : compiled.resources().entrySet()) {
        jar.putNextEntry(new ZipEntry(each.getKey()));
        jar.write(each.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
