package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of all revisions, and which of them is current.
 *
 * <p>{@code NAME/N.java} is the source of revision N, {@code NAME/current} a properties file that
 * tells the rest. Not for several threads at a time.
 */
public final class RevisionStore {

  private static final Logger LOG = LoggerFactory.getLogger(RevisionStore.class);
  private static final String CURRENT = "current";
  private static final String SOURCE = ".java";

  private final Path folder;
  private final int kept;

  /**
   * Opens a store.
   *
   * @param folder where it lies; made if it is missing
   * @param kept how many revisions of a deployment are kept
   */
  public RevisionStore(Path folder, int kept) throws IOException {
    this.folder = folder;
    this.kept = kept;
    DurableFile.createFolders(folder);
  }

  /** All deployments of which it knows a state; what can't be read goes to the log. */
  public List<Current> load() throws IOException {
    List<Current> found = new ArrayList<>();
    try (Stream<Path> names = Files.list(folder)) {
      for (Path each : names.filter(Files::isDirectory).sorted().toList()) {
        load(each.getFileName().toString()).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<Current> load(String name) {
    Path file = folder.resolve(name).resolve(CURRENT);
    if (!Files.exists(file)) {
      // The server stopped before its first revision was current.
      return Optional.empty();
    }
    try {
      Properties read = new Properties();
      read.load(new StringReader(Files.readString(file)));
      return Optional.of(
          new Current(
              name,
              Integer.parseInt(value(read, "revision")),
              value(read, "sha256"),
              Boolean.parseBoolean(value(read, "live")),
              Optional.of(value(read, "origin")).filter(origin -> !origin.isEmpty()),
              value(read, "seen"),
              Boolean.parseBoolean(value(read, "differs")),
              Instant.parse(value(read, "since"))));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      LOG.error("{}: not restored, {} can't be read: {}", name, file, String.valueOf(e));
      return Optional.empty();
    }
  }

  private static String value(Properties read, String key) {
    String value = read.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key + " in it");
    }
    return value;
  }

  /** The number that the next revision gets; numbers are never used twice. */
  public int next(String name) throws IOException {
    List<Integer> numbers = revisions(name);
    return numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
  }

  /** The revisions that are kept, oldest first. */
  public List<Integer> revisions(String name) throws IOException {
    Path of = folder.resolve(name);
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(of)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("\\d{1,9}\\" + SOURCE))
          .map(file -> Integer.valueOf(file.substring(0, file.length() - SOURCE.length())))
          .sorted()
          .toList();
    }
  }

  /** The source of a revision; empty if it is not kept. */
  public Optional<byte[]> source(String name, int revision) throws IOException {
    Path file = file(name, revision);
    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  /** Keeps a new revision and makes it the current one; both are on disk when this returns. */
  public void append(Current current, byte[] source) throws IOException {
    DurableFile.createFolders(folder.resolve(current.name()));
    DurableFile.writeContent(file(current.name(), current.revision()), source);
    update(current);
  }

  /** Changes what is remembered of a deployment; it is on disk when this returns. */
  public void update(Current current) throws IOException {
    Properties written = new Properties();
    written.setProperty("revision", Integer.toString(current.revision()));
    written.setProperty("sha256", current.sha256());
    written.setProperty("live", Boolean.toString(current.live()));
    written.setProperty("origin", current.origin().orElse(""));
    written.setProperty("seen", current.seen());
    written.setProperty("differs", Boolean.toString(current.differs()));
    written.setProperty("since", current.since().toString());
    StringWriter text = new StringWriter();
    written.store(text, null);
    DurableFile.write(
        folder.resolve(current.name()).resolve(CURRENT),
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Forgets the oldest revisions beyond those that are kept. */
  public void prune(String name, int current) {
    try {
      List<Integer> numbers = revisions(name);
      for (int each : numbers.subList(0, Math.max(0, numbers.size() - kept))) {
        if (each != current) {
          Files.deleteIfExists(file(name, each));
        }
      }
    } catch (IOException e) {
      LOG.warn("{}: old revisions can't be removed: {}", name, String.valueOf(e));
    }
  }

  private Path file(String name, int revision) {
    return folder.resolve(name).resolve(revision + SOURCE);
  }
}
