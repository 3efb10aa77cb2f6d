package org.caravanserai.maven;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The jar that Maven has made, in which a watch puts what was saved since. What is neither a class
 * of the project's sources nor a file of its watched resources stays: libraries inside, what other
 * plug-ins have put there, the manifest.
 */
final class JarTemplate {

  private static final String SERVICES = "Serai-Service";

  /** One time for all entries, so that the same content is the same jar. */
  private static final long TIME = 1_767_225_600_000L;

  private final Manifest manifest;
  private final SortedMap<String, byte[]> kept = new TreeMap<>();
  private final ServiceClasses first;

  /**
   * Reads the jar.
   *
   * @param classes the classes of the project's sources, compiled as they were when it was made
   * @param resources the project's watched resources at that time, by their names in the jar
   */
  JarTemplate(Path jar, ServiceClasses classes, Set<String> resources) throws IOException {
    first = classes;
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest found = file.getManifest();
      manifest = found == null ? new Manifest() : found;
      manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        String name = entry.getName();
        if (!entry.isDirectory()
            && !name.equals(JarFile.MANIFEST_NAME)
            && !resources.contains(name)
            && !classes.all().contains(className(name))) {
          kept.put(name, file.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  /**
   * Makes the jar anew.
   *
   * @param folder where the classes are
   * @param classes the same, by name
   * @param resources the project's watched resources, by their names in the jar
   */
  byte[] with(Path folder, ServiceClasses classes, Map<String, Path> resources) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>(kept);
    for (String name : classes.all()) {
      String path = name.replace('.', '/') + ".class";
      entries.put(path, Files.readAllBytes(folder.resolve(path)));
    }
    for (Map.Entry<String, Path> each : resources.entrySet()) {
      entries.put(each.getKey(), Files.readAllBytes(each.getValue()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      add(jar, JarFile.MANIFEST_NAME, written(manifestFor(classes)));
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        add(jar, each.getKey(), each.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /**
   * The manifest, which names the services that it named as far as they are there still, and those
   * that are new. Without the header the server finds them itself.
   */
  private Manifest manifestFor(ServiceClasses classes) {
    Manifest now = new Manifest(manifest);
    String named = now.getMainAttributes().getValue(SERVICES);
    if (named != null) {
      Set<String> services =
          Arrays.stream(named.split(",", -1))
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new));
      services.removeIf(name -> first.all().contains(name) && !classes.all().contains(name));
      classes.services().stream()
          .filter(name -> !first.services().contains(name))
          .forEach(services::add);
      now.getMainAttributes().putValue(SERVICES, String.join(",", List.copyOf(services)));
    }
    return now;
  }

  private static byte[] written(Manifest manifest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTime(TIME);
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }

  private static String className(String entry) {
    return entry.endsWith(".class")
        ? entry.substring(0, entry.length() - ".class".length()).replace('/', '.')
        : "";
  }
}
