package org.caravanserai.deploy.internal.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a revision of a kar or feature repository lies unpacked: a Maven repository of its own
 * among those in which the features service looks for bundles.
 *
 * @param path the folder
 */
record FeatureFolder(Path path) {

  private static final Logger LOG = LoggerFactory.getLogger(FeatureFolder.class);

  /** No deployment has it in its name. */
  private static final String REVISION = "@";

  /** Lists what the revision asks for, once it does. */
  private static final String ASKED = ".asked";

  /** That of a revision. */
  static FeatureFolder of(Path all, String deployment, int revision) {
    return new FeatureFolder(all.resolve(deployment + REVISION + revision));
  }

  /** Those of a deployment. */
  static List<FeatureFolder> of(Path all, String deployment) {
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(all)) {
      return paths
          .filter(each -> each.getFileName().toString().startsWith(deployment + REVISION))
          .sorted()
          .map(FeatureFolder::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes files into it, unless they are there: it is made as a whole. */
  void unpack(Map<String, byte[]> files) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    FeatureFolder unfinished =
        new FeatureFolder(path.resolveSibling("." + path.getFileName() + ".tmp"));
    unfinished.delete();
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      Path file = unfinished.path.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    Files.move(unfinished.path, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Notes what the revision asks for, from now on. */
  void asked(RequestedFeatures what) throws IOException {
    Files.write(path.resolve(ASKED), what.lines().toList());
  }

  /** What the revision asks for; nothing if it never came so far. */
  RequestedFeatures asked() {
    try {
      return Optional.of(path.resolve(ASKED)).filter(Files::exists).isPresent()
          ? RequestedFeatures.read(Files.readAllLines(path.resolve(ASKED)))
          : RequestedFeatures.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is there. */
  boolean exists() {
    return Files.isDirectory(path);
  }

  /** Removes it if its revision never came so far as to ask for anything. */
  void deleteUnlessAsked() {
    if (asked().equals(RequestedFeatures.NONE)) {
      delete();
    }
  }

  /** Removes it; that it can't be is only said in the log. */
  void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      LOG.warn("{} can't be removed: {}", path, e.toString());
    }
  }
}
