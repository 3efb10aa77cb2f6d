package org.caravanserai.deploy.internal.dependency;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.caravanserai.deploy.internal.store.Sha256;

/**
 * The jars that deployments have for themselves, {@code HASH.jar}, and which revision has which,
 * {@code NAME@REVISION.pins}: a restart or a roll-back asks no repository, and two deployments with
 * one library have it once on disk.
 */
public final class PrivateJars {

  private static final String JAR = ".jar";
  private static final String ASKED = "//DEPS ";
  private static final Pattern PINS = Pattern.compile("(.*)@(\\d+)\\.pins");

  private final Path folder;
  private final Map<String, WeakReference<LibraryContent>> open = new ConcurrentHashMap<>();

  /** Keeps them in a folder. */
  public PrivateJars(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps a copy of a jar.
   *
   * @param name what it is
   * @throws IOException if it is no jar, or can't be kept
   */
  PrivateLibrary keep(String name, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    PrivateLibrary library = new PrivateLibrary(name, Sha256.of(content));
    Path place = place(library.sha256());
    if (!Files.exists(place)) {
      write(place, content);
    }
    return library;
  }

  boolean has(PrivateLibrary library) {
    return Files.exists(place(library.sha256()));
  }

  /**
   * The contents of jars, in their order.
   *
   * @throws IOException if one is not kept any more, or can't be read
   */
  public List<LibraryContent> open(List<PrivateLibrary> libraries) throws IOException {
    List<LibraryContent> contents = new ArrayList<>();
    for (PrivateLibrary each : libraries) {
      contents.add(open(each));
    }
    return contents;
  }

  private LibraryContent open(PrivateLibrary library) throws IOException {
    WeakReference<LibraryContent> known = open.get(library.sha256());
    LibraryContent content = known == null ? null : known.get();
    if (content == null) {
      try {
        content = new LibraryContent(place(library.sha256()));
      } catch (IOException e) {
        throw new IOException("library " + library.name() + " can't be read: " + e.getMessage(), e);
      }
      open.put(library.sha256(), new WeakReference<>(content));
      open.values().removeIf(each -> each.get() == null);
    }
    return content;
  }

  /** Whether none is kept. */
  public boolean isEmpty() {
    return !Files.isDirectory(folder);
  }

  /**
   * Keeps what a revision has.
   *
   * @throws IOException if that can't be stored
   */
  public void pin(String deployment, int revision, Dependencies dependencies) throws IOException {
    StringBuilder text = new StringBuilder();
    dependencies.artifacts().forEach(each -> text.append(ASKED).append(each).append('\n'));
    dependencies
        .libraries()
        .forEach(each -> text.append(each.sha256()).append(' ').append(each.name()).append('\n'));
    write(pins(deployment, revision), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a revision has; nothing if it has nothing of its own.
   *
   * @throws IOException if it can't be read
   */
  public Dependencies pinned(String deployment, int revision) throws IOException {
    Path file = pins(deployment, revision);
    return Files.exists(file) ? read(file) : Dependencies.NONE;
  }

  private static Dependencies read(Path file) throws IOException {
    List<String> artifacts = new ArrayList<>();
    List<PrivateLibrary> libraries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int space = line.indexOf(' ');
      if (line.startsWith(ASKED)) {
        artifacts.add(line.substring(ASKED.length()));
      } else if (space > 0) {
        libraries.add(new PrivateLibrary(line.substring(space + 1), line.substring(0, space)));
      }
    }
    return new Dependencies(List.copyOf(artifacts), List.copyOf(libraries));
  }

  /**
   * Deletes what no revision has any more.
   *
   * @param kept whether a revision of a deployment is kept
   * @param before what came later stays as well
   */
  public void retain(BiPredicate<String, Integer> kept, Instant before) throws IOException {
    Set<Path> needed = new HashSet<>();
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.toList();
    }
    for (Path each : all) {
      Matcher pins = PINS.matcher(String.valueOf(each.getFileName()));
      if (pins.matches()
          && (kept.test(pins.group(1), Integer.valueOf(pins.group(2))) || isSince(each, before))) {
        needed.add(each);
        read(each).libraries().forEach(library -> needed.add(place(library.sha256())));
      }
    }
    for (Path each : all) {
      if (!needed.contains(each) && !isSince(each, before)) {
        Files.delete(each);
      }
    }
  }

  private static boolean isSince(Path file, Instant start) throws IOException {
    return !Files.getLastModifiedTime(file).toInstant().isBefore(start);
  }

  private Path pins(String deployment, int revision) {
    return folder.resolve(deployment + "@" + revision + ".pins");
  }

  private void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(unfinished, content);
    try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path place(String sha256) {
    return folder.resolve(sha256 + JAR);
  }
}
