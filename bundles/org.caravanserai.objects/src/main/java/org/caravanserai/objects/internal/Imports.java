package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.objects.internal.disk.Disk;
import org.caravanserai.spi.Diagnostic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The files that are in effect from the start ({@code SERAI_IMPORT}). Confined to one thread. */
final class Imports {

  private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

  private final ConfigurationFiles files;
  private final Disk disk;
  private final List<String> paths = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  Imports(ConfigurationFiles files, Disk disk) {
    this.files = files;
    this.disk = disk;
  }

  /** Takes over a file, or the YAML files of a folder in the order of their names. */
  void add(Path named) {
    try {
      if (!Files.isDirectory(named)) {
        take(named);
        return;
      }
      try (Stream<Path> all = Files.list(named)) {
        for (Path file : all.filter(Imports::isYaml).sorted().toList()) {
          take(file);
        }
      }
    } catch (IOException e) {
      complain(named + " can't be read: " + e.getMessage());
    }
  }

  private void take(Path file) throws IOException {
    Optional<byte[]> content = disk.read(file);
    if (content.isEmpty()) {
      complain(file + " is not there");
      return;
    }
    String path = file.toAbsolutePath().normalize().toString();
    paths.add(path);
    for (Diagnostic each : files.deploy(path, content.get())) {
      // At a start most kinds are still to come, of which there is a warning.
      LOG.atLevel(each.severity() == Diagnostic.Severity.ERROR ? Level.WARN : Level.DEBUG)
          .log("SERAI_IMPORT: {}", each);
    }
  }

  private void complain(String what) {
    unreadable.add(what);
    LOG.error("SERAI_IMPORT: {}", what);
  }

  private static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /** Why not all of them are in effect; empty if they are. */
  Optional<String> reason() {
    return Stream.concat(
            unreadable.stream(),
            paths.stream().flatMap(path -> files.error(path).stream()).map(Diagnostic::toString))
        .findFirst()
        .map(what -> "SERAI_IMPORT: " + what);
  }
}
