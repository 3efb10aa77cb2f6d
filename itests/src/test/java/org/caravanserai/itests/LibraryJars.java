package org.caravanserai.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Small jars of one class, whose static {@code text()} answers with a constant. */
final class LibraryJars {

  private final Path folder;

  /** Makes them in a folder. */
  LibraryJars(Path folder) {
    this.folder = folder;
  }

  /**
   * A jar.
   *
   * @param headers of a bundle; none for a jar that is no bundle
   */
  Path make(String packageName, String className, String text, Map<String, String> headers) {
    try {
      Path work = Files.createTempDirectory(folder, "jar");
      Path source = work.resolve(className + ".java");
      Files.writeString(
          source,
          "package %s; public class %s { public static String text() { return \"%s\"; } }"
              .formatted(packageName, className, text));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-d", work.toString(), source.toString());
      if (status != 0) {
        throw new IllegalStateException(className + " does not compile");
      }
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      if (!headers.isEmpty()) {
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
      }
      headers.forEach(manifest.getMainAttributes()::putValue);
      Path jar = work.resolve("made.jar");
      String entry = packageName.replace('.', '/') + "/" + className + ".class";
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out, manifest)) {
        entries.putNextEntry(new ZipEntry(entry));
        Files.copy(work.resolve(entry), entries);
      }
      return jar;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
