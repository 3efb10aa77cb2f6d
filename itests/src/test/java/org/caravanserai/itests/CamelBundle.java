package org.caravanserai.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A bundle of a user, compiled against the Camel that the distribution has. */
final class CamelBundle {

  private final Path folder;
  private final Path distribution;

  /** Makes it in a folder, with the bundles of that distribution. */
  CamelBundle(Path folder, Path distribution) {
    this.folder = folder;
    this.distribution = distribution;
  }

  /**
   * A bundle of one class, its activator.
   *
   * @param imports its {@code Import-Package}
   * @return the jar
   */
  Path make(String name, String className, String source, String imports) throws IOException {
    Path work = Files.createTempDirectory(folder, name);
    Path file = Files.writeString(work.resolve(className + ".java"), source);
    Path classes = Files.createDirectories(work.resolve("classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path") + ":" + camel(work),
                "-d",
                classes.toString(),
                file.toString());
    if (status != 0) {
      throw new IllegalStateException(className + " does not compile");
    }
    return jar(
        work.resolve(name + ".jar"),
        classes,
        Map.of(
            "Bundle-ManifestVersion",
            "2",
            "Bundle-SymbolicName",
            name,
            "Bundle-Activator",
            "user." + className,
            "Import-Package",
            imports));
  }

  /** The jars inside of the bundle with Camel, for the compiler. */
  private String camel(Path work) throws IOException {
    Path bundle;
    try (Stream<Path> all =
        Files.walk(distribution.resolve("system/org/caravanserai/org.caravanserai.camel"))) {
      bundle = all.filter(each -> each.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
    StringBuilder path = new StringBuilder();
    try (JarFile outer = new JarFile(bundle.toFile())) {
      for (JarEntry each : (Iterable<JarEntry>) outer.stream()::iterator) {
        if (each.getName().startsWith("lib/camel-")) {
          Path jar = work.resolve(each.getName().substring("lib/".length()));
          try (InputStream content = outer.getInputStream(each)) {
            Files.copy(content, jar);
          }
          path.append(jar).append(':');
        }
      }
    }
    return path.toString();
  }

  private static Path jar(Path jar, Path classes, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    new TreeMap<>(headers).forEach(manifest.getMainAttributes()::putValue);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        entries.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
        Files.copy(each, entries);
      }
    }
    return jar;
  }
}
