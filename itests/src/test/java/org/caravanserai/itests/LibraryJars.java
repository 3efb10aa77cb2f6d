package org.caravanserai.itests;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    return compile(
        packageName,
        className,
        "public class %s { public static String text() { return \"%s\"; } }"
            .formatted(className, text),
        headers,
        List.of());
  }

  /**
   * A jar of one class and those nested in it.
   *
   * @param source without its package
   * @param headers of a bundle; none for a jar that is no bundle
   * @param uses jars that it is compiled against
   */
  Path compile(
      String packageName,
      String className,
      String source,
      Map<String, String> headers,
      List<Path> uses) {
    try {
      Path work = Files.createTempDirectory(folder, "jar");
      Path file = work.resolve(className + ".java");
      Files.writeString(file, "package " + packageName + ";\n" + source);
      String classPath =
          Stream.concat(
                  uses.stream().map(Path::toString),
                  Stream.of(System.getProperty("java.class.path")))
              .collect(Collectors.joining(File.pathSeparator));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-proc:none",
                  "-cp",
                  classPath,
                  "-d",
                  work.toString(),
                  file.toString());
      if (status != 0) {
        throw new IllegalStateException(className + " does not compile");
      }
      return pack(work, packageName.replace('.', '/'), headers);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path pack(Path work, String classes, Map<String, String> headers)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!headers.isEmpty()) {
      manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    }
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path jar = work.resolve("made.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        DirectoryStream<Path> all = Files.newDirectoryStream(work.resolve(classes))) {
      for (Path each : all) {
        entries.putNextEntry(new ZipEntry(classes + "/" + each.getFileName()));
        Files.copy(each, entries);
      }
    }
    return jar;
  }
}
