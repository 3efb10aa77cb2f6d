package org.caravanserai.deploy.internal.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells cheaply that a file has changed.
 *
 * @param size its size in bytes
 * @param modified when it was last modified
 * @param key its identity in the file system, if that has such a thing
 */
record FileStamp(long size, FileTime modified, @Nullable Object key) {

  /** The stamp of a regular file, or of a folder of sources; empty if there is none. */
  static Optional<FileStamp> of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (found.isDirectory()) {
        return SourceFolder.stamp(file);
      }
      return found.isRegularFile() ? Optional.of(of(found)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static FileStamp of(BasicFileAttributes found) {
    return new FileStamp(found.size(), found.lastModifiedTime(), found.fileKey());
  }

  /** How long ago it was modified, in milliseconds; negative if the file's clock is ahead. */
  long age() {
    return System.currentTimeMillis() - modified.toMillis();
  }
}
