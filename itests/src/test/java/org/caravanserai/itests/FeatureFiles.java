package org.caravanserai.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Feature repositories, kars and the bundles in them, made in a folder. */
final class FeatureFiles {

  private final Path folder;

  /** Makes them in a folder. */
  FeatureFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * A bundle that exports the package of its name, with one class {@code Text} that says a text.
   */
  Path exporting(String name, String version, String text) {
    return new LibraryJars(folder)
        .make(name, "Text", text, headers(name, version, Map.of("Export-Package", name)));
  }

  /** A bundle that needs the package of another. */
  Path importing(String name, String version, String imported) {
    return new LibraryJars(folder)
        .make(name, "Text", name, headers(name, version, Map.of("Import-Package", imported)));
  }

  private static Map<String, String> headers(
      String name, String version, Map<String, String> others) {
    Map<String, String> headers = new HashMap<>(others);
    headers.put("Bundle-SymbolicName", name);
    headers.put("Bundle-Version", version);
    return headers;
  }

  /** The XML of a feature. */
  static String feature(String name, String version, String... bundles) {
    StringBuilder xml =
        new StringBuilder("<feature name=\"%s\" version=\"%s\">".formatted(name, version));
    for (String each : bundles) {
      xml.append("<bundle>").append(each).append("</bundle>");
    }
    return xml.append("</feature>").toString();
  }

  /** The XML of a feature repository. */
  static String repository(String name, String... features) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<features name=\"%s\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">%s</features>\n"
        .formatted(name, String.join("", features));
  }

  /** Writes a feature repository and tells its address. */
  String file(String name, String... features) {
    try {
      Path file = folder.resolve(name + ".xml");
      Files.writeString(file, repository(name, features));
      return file.toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A kar.
   *
   * @param repository its feature repository, at {@code repository/features.xml}
   * @param bundles what else lies under {@code repository/}, by path
   */
  static byte[] kar(String repository, Map<String, Path> bundles) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n".getBytes(StandardCharsets.UTF_8));
    entries.put("repository/features.xml", repository.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (Map.Entry<String, Path> each : bundles.entrySet()) {
        entries.put("repository/" + each.getKey(), Files.readAllBytes(each.getValue()));
      }
      try (JarOutputStream out = new JarOutputStream(bytes)) {
        for (Map.Entry<String, byte[]> each : entries.entrySet()) {
          out.putNextEntry(new ZipEntry(each.getKey()));
          out.write(each.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
