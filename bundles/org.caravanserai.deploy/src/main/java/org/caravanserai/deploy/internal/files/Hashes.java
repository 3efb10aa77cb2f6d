package org.caravanserai.deploy.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.deploy.internal.store.Sha256;
import org.jspecify.annotations.Nullable;

/** The hashes of files, read again only when a file has changed. */
final class Hashes {

  /** Coarser file clocks than this are unknown. */
  private static final long CLOCK_GRAIN_MILLIS = 2_000;

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(long size, long modified, @Nullable Object key, String hash) {}

  /** The hash of a file's content as it is now; empty if it can't be read. */
  static Optional<String> now(Path file) {
    try {
      return Optional.of(Sha256.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The hash of a file's content, by what tells cheaply that it is another. */
  Optional<String> of(Path file, BasicFileAttributes attributes) {
    long modified = attributes.lastModifiedTime().toMillis();
    Known before = known.get(file);
    if (before != null
        && before.size() == attributes.size()
        && before.modified() == modified
        && Objects.equals(before.key(), attributes.fileKey())) {
      return Optional.of(before.hash());
    }
    Optional<String> hash = now(file);
    // A change within the same tick of the file's clock would leave the rest as it is.
    if (hash.isPresent() && System.currentTimeMillis() - modified > CLOCK_GRAIN_MILLIS) {
      known.put(file, new Known(attributes.size(), modified, attributes.fileKey(), hash.get()));
    }
    return hash;
  }

  /** Forgets all files but these. */
  void retain(Set<Path> files) {
    known.keySet().retainAll(files);
  }
}
