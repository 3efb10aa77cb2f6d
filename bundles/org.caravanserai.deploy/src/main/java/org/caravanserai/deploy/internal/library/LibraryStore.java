package org.caravanserai.deploy.internal.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries on disk, for the next start: {@code HASH.jar}, the bundle, and {@code
 * HASH.properties}, what is known of it.
 */
final class LibraryStore {

  private static final Logger LOG = LoggerFactory.getLogger(LibraryStore.class);

  private static final String DESCRIPTION = ".properties";

  private final Path folder;

  /**
   * A library as it was stored.
   *
   * @param files where it lay; none if it was withdrawn
   */
  record Stored(String name, String version, String sha256, Instant since, Set<String> files) {}

  LibraryStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** All of them, in the order in which they came. One that can't be read is left out. */
  List<Stored> load() throws IOException {
    List<Stored> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + DESCRIPTION)) {
      for (Path each : all) {
        try {
          found.add(read(each));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
          LOG.error("{} can't be read; the library is left out: {}", each, String.valueOf(e));
        }
      }
    }
    found.sort(Comparator.comparing(Stored::since));
    return found;
  }

  private Stored read(Path file) throws IOException {
    Properties description = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      description.load(in);
    }
    String fileName = file.getFileName().toString();
    Set<String> files =
        description.stringPropertyNames().stream()
            .filter(key -> key.startsWith("file."))
            .map(description::getProperty)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Stored(
        member(description, "name"),
        member(description, "version"),
        fileName.substring(0, fileName.length() - DESCRIPTION.length()),
        Instant.parse(member(description, "since")),
        files);
  }

  private static String member(Properties description, String key) throws IOException {
    String value = description.getProperty(key);
    if (value == null) {
      throw new IOException("it has no " + key);
    }
    return value;
  }

  /** Whether there is the bundle of that hash. */
  boolean has(String sha256) {
    return Files.exists(jar(sha256));
  }

  /** Stores a bundle. */
  void save(String sha256, byte[] bundle) throws IOException {
    write(jar(sha256), bundle);
  }

  /** The stored bundle. */
  InputStream open(String sha256) throws IOException {
    return Files.newInputStream(jar(sha256));
  }

  /** Stores where a library lies now. */
  void describe(Library library) throws IOException {
    StringBuilder text = new StringBuilder();
    append("name", library.name(), text);
    append("version", library.version(), text);
    append("since", library.since().toString(), text);
    int number = 0;
    for (String each : library.files()) {
      append("file." + ++number, each, text);
    }
    write(
        folder.resolve(library.sha256() + DESCRIPTION),
        text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One line of a properties file, the same for the same value at any time. */
  private static void append(String key, String value, StringBuilder into) {
    into.append(key).append('=');
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '\\' || each == '=' || each == ':' || each == '#' || each == '!') {
        into.append('\\').append(each);
      } else if (each <= ' ' || each > '~') {
        into.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
      } else {
        into.append(each);
      }
    }
    into.append('\n');
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets a library. */
  void delete(String sha256) throws IOException {
    Files.deleteIfExists(folder.resolve(sha256 + DESCRIPTION));
    Files.deleteIfExists(jar(sha256));
  }

  private Path jar(String sha256) {
    return folder.resolve(sha256 + ".jar");
  }
}
