package org.caravanserai.deploy.internal.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.CompiledClass;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.dependency.LibraryContent;
import org.caravanserai.deploy.internal.dependency.PrivateJars;
import org.caravanserai.deploy.internal.dependency.PrivateLibrary;
import org.caravanserai.spi.Diagnostic;

/** A revision as the jar of a bundle. */
final class RevisionJar {

  private RevisionJar() {}

  /** Where a library lies in it. */
  static String path(PrivateLibrary library) {
    return "META-INF/serai/" + library.sha256() + ".jar";
  }

  /**
   * The libraries that a revision has for itself.
   *
   * @throws RejectedException if one can't be read
   */
  static List<LibraryContent> libraries(Compiled compiled, PrivateJars jars)
      throws RejectedException {
    try {
      return jars.open(compiled.dependencies().libraries());
    } catch (IOException e) {
      throw new RejectedException(
          Stage.LINK, Diagnostic.error(compiled.fileName(), 0, 0, "" + e.getMessage()));
    }
  }

  /**
   * The jar, with the libraries in it.
   *
   * @throws RejectedException if one of these can't be read
   */
  static byte[] of(RevisionLabel label, Compiled compiled, PrivateJars jars)
      throws RejectedException {
    List<LibraryContent> libraries = libraries(compiled, jars);
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
      Set<String> written = new HashSet<>();
      for (int i = 0; i < libraries.size(); i++) {
        String path = path(compiled.dependencies().libraries().get(i));
        if (written.add(path)) {
          jar.putNextEntry(new ZipEntry(path));
          Files.copy(libraries.get(i).file(), jar);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
