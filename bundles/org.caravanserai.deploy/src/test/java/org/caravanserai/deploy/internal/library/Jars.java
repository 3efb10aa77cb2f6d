package org.caravanserai.deploy.internal.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Jars for tests, made from source. */
public final class Jars {

  private Jars() {}

  /** The source of {@code lib.a.Lib}, which tells its version. */
  public static String lib(String version) {
    return "package lib.a; public class Lib { public static String version() { return \"%s\"; } }"
        .formatted(version);
  }

  /** A service that answers with {@code lib.a.Lib}'s version. */
  public static String usesLib(String service) {
    return """
        import lib.a.Lib;
        import org.caravanserai.api.*;
        @ServiceName("%s")
        public class Hello implements Service<String, String> {
          @Override public String handle(String input, Context context) { return Lib.version(); }
        }
        """
        .formatted(service);
  }

  /** A jar without a manifest of a class and other entries. */
  public static byte[] plain(String source, String... entries) {
    return jar(source, List.of(), "", entries);
  }

  /** A jar of a class that refers to others. */
  public static byte[] using(String source, List<byte[]> others) {
    return jar(source, others, "");
  }

  /** A bundle of a class. */
  public static byte[] bundle(
      String name, String version, Map<String, String> headers, String source, byte[]... others) {
    StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
    manifest.append("Bundle-ManifestVersion: 2\n");
    manifest.append("Bundle-SymbolicName: ").append(name).append('\n');
    manifest.append("Bundle-Version: ").append(version).append('\n');
    headers.forEach((key, value) -> manifest.append(key + ": " + value + "\n"));
    return jar(source, List.of(others), manifest.toString());
  }

  private static byte[] jar(
      String source, List<byte[]> others, String manifest, String... entries) {
    try {
      Path folder = Files.createTempDirectory("jar");
      List<Path> path = new ArrayList<>();
      for (byte[] each : others) {
        path.add(Files.write(folder.resolve("other" + path.size() + ".jar"), each));
      }
      String className = source.replaceAll("(?s).*?class (\\w+).*", "$1");
      Path file = Files.writeString(folder.resolve(className + ".java"), source);
      Path out = Files.createDirectory(folder.resolve("out"));
      String server = System.getProperty("java.class.path");
      String classPath =
          Stream.concat(path.stream().map(Path::toString), Stream.of(server))
              .collect(Collectors.joining(":"));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-cp", classPath, "-d", out.toString(), file.toString());
      if (status != 0) {
        throw new IllegalStateException(className + " does not compile");
      }
      byte[] jar = zip(out, manifest, entries);
      delete(folder);
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static byte[] zip(Path out, String manifest, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(out)) {
      if (!manifest.isEmpty()) {
        add("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8), zip);
      }
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        add(out.relativize(each).toString(), Files.readAllBytes(each), zip);
      }
      for (int i = 0; i < entries.length; i += 2) {
        add(entries[i], entries[i + 1].getBytes(StandardCharsets.UTF_8), zip);
      }
    }
    return bytes.toByteArray();
  }

  private static void add(String name, byte[] content, ZipOutputStream into) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // The same bytes for the same files.
    entry.setTime(0);
    into.putNextEntry(entry);
    into.write(content);
  }
}
