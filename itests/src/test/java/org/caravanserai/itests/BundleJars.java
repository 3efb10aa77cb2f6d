package org.caravanserai.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Bundles of one class, compiled against the API of the distribution. */
final class BundleJars {

  private final Path folder;

  /** Makes them in a folder. */
  BundleJars(Path folder) {
    this.folder = folder;
  }

  /**
   * A bundle with a service and a package for others.
   *
   * @param name its symbolic name, its package, and the name of its service
   * @param answer what its service answers
   */
  Path exporting(String name, String version, String answer) {
    return make(
        name,
        version,
        Map.of("Export-Package", name + ";version=1.0.0", "Serai-Service", name + ".Words"),
        "Words",
        """
        package %1$s;
        import org.caravanserai.api.*;
        @ServiceName("%1$s")
        public class Words implements Service<Void, String> {
          @Override public String handle(Void input, Context context) throws Exception {
            new java.util.concurrent.CountDownLatch(1)
                .await(2, java.util.concurrent.TimeUnit.MILLISECONDS);
            return word() + new Object() { @Override public String toString() { return ""; } };
          }
          public static String word() { return "%2$s"; }
        }
        """
            .formatted(name, answer));
  }

  /**
   * A bundle with a service, which has the name of the bundle, that asks another bundle's class.
   */
  Path importing(String name, String other, Path otherJar) {
    return make(
        name,
        "1.0.0",
        Map.of("Import-Package", "org.caravanserai.api," + other, "Serai-Service", name + ".User"),
        "User",
        """
        package %1$s;
        import org.caravanserai.api.*;
        @ServiceName("%1$s")
        public class User implements Service<Void, String> {
          @Override public String handle(Void input, Context context) {
            return "user of " + %2$s.Words.word();
          }
        }
        """
            .formatted(name, other),
        otherJar);
  }

  /** A bundle of a class in a package of the same name as the bundle. */
  Path make(
      String name,
      String version,
      Map<String, String> headers,
      String className,
      String source,
      Path... others) {
    try {
      Path work = Files.createTempDirectory(folder, "bundle");
      Path file = Files.writeString(work.resolve(className + ".java"), source);
      Path classes = Files.createDirectory(work.resolve("classes"));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-cp",
                  classPath(others),
                  "-d",
                  classes.toString(),
                  file.toString());
      if (status != 0) {
        throw new IllegalStateException(className + " does not compile");
      }
      Manifest manifest = new Manifest();
      Attributes main = manifest.getMainAttributes();
      main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      main.putValue("Bundle-ManifestVersion", "2");
      main.putValue("Bundle-SymbolicName", name);
      main.putValue("Bundle-Version", version);
      main.putValue("Import-Package", "org.caravanserai.api");
      headers.forEach(main::putValue);
      return jar(work.resolve(name + ".jar"), classes, manifest);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path jar(Path jar, Path classes, Manifest manifest) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
        Files.copy(each, entries);
      }
    }
    return jar;
  }

  private static String classPath(Path... others) throws IOException {
    List<Path> path = new ArrayList<>(List.of(others));
    try (Stream<Path> system =
        Files.walk(Server.distribution().resolve("system/org/caravanserai/org.caravanserai.api"))) {
      system.filter(each -> each.toString().endsWith(".jar")).forEach(path::add);
    }
    return path.stream().map(Path::toString).collect(Collectors.joining(":"));
  }
}
