package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are, after a crash at any moment, either as before or complete. */
final class DurableFile {

  private static final String UNFINISHED = ".tmp";

  private DurableFile() {}

  /** Writes or replaces a file; it is on disk when this returns. */
  static void write(Path file, byte[] content) throws IOException {
    writeContent(file, content);
    force(file.resolveSibling("."));
  }

  /**
   * Writes or replaces a file; its content is on disk when this returns, its name is when the next
   * file of that folder is.
   */
  static void writeContent(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a folder and those above it. */
  static void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path parent = folder.getParent();
      if (parent != null) {
        force(parent);
      }
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
