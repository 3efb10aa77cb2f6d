package org.caravanserai.deploy.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.deploy.internal.watch.AtomicFile;
import org.caravanserai.deploy.internal.watch.SourceFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in a watched folder from which a deployment comes. A folder is never written: it is
 * somebody's working copy.
 */
final class OriginFile {

  private static final Logger LOG = LoggerFactory.getLogger(OriginFile.class);

  private final Path path;

  OriginFile(Path path) {
    this.path = path;
  }

  /** Whether this is its content. */
  boolean holds(byte[] content) {
    try {
      byte[] now = Files.isDirectory(path) ? SourceFolder.pack(path) : Files.readAllBytes(path);
      return Arrays.equals(now, content);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Replaces its content in one step, unless it is the same, or something newer than was seen.
   *
   * @param seen the hash of what was last seen in it
   * @return whether it holds the new content now
   */
  boolean write(byte[] content, String seen) {
    if (holds(content)) {
      return true;
    }
    if (Files.isDirectory(path)) {
      return false;
    }
    try {
      boolean exists = Files.exists(path);
      if (exists && !Sha256.of(Files.readAllBytes(path)).equals(seen)) {
        return false;
      }
      AtomicFile.write(path, content);
      return true;
    } catch (IOException e) {
      LOG.warn("{} can't be written and differs from what is live: {}", path, String.valueOf(e));
      return false;
    }
  }

  /**
   * Removes it, unless it holds something newer than was seen.
   *
   * @param seen the hash of what was last seen in it
   * @return whether it is gone
   */
  boolean delete(String seen) {
    if (Files.isDirectory(path)) {
      return false;
    }
    try {
      if (Files.exists(path) && !Sha256.of(Files.readAllBytes(path)).equals(seen)) {
        return false;
      }
      Files.deleteIfExists(path);
      return true;
    } catch (IOException e) {
      LOG.warn("{} can't be removed: {}", path, String.valueOf(e));
      return false;
    }
  }
}
