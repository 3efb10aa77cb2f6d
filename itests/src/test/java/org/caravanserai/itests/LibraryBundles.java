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

/** Small bundles of one class each, for services to import. */
final class LibraryBundles {

  private final Path folder;

  /** Makes them in a folder. */
  LibraryBundles(Path folder) {
    this.folder = folder;
  }

  /**
   * A bundle whose one public class is empty.
   *
   * @param headers of its manifest
   * @return the jar
   */
  Path make(String name, String className, Map<String, String> headers) {
    try {
      int dot = className.lastIndexOf('.');
      Path source = folder.resolve(className.substring(dot + 1) + ".java");
      Files.writeString(
          source,
          "package "
              + className.substring(0, dot)
              + "; public class "
              + className.substring(dot + 1)
              + " {}");
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-d", folder.toString(), source.toString());
      if (status != 0) {
        throw new IllegalStateException(className + " does not compile");
      }
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
      headers.forEach(manifest.getMainAttributes()::putValue);
      Path jar = folder.resolve(name + ".jar");
      String entry = className.replace('.', '/') + ".class";
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out, manifest)) {
        entries.putNextEntry(new ZipEntry(entry));
        Files.copy(folder.resolve(entry), entries);
      }
      return jar;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
