package org.caravanserai.deploy.internal.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Replaces the content of a file in one step. */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes it, and it is on the disk when this returns; a link is followed, permissions stay.
   *
   * @throws IOException if it can't be; it is what it was then
   */
  public static void write(Path path, byte[] content) throws IOException {
    boolean exists = Files.exists(path);
    Path real = exists ? path.toRealPath() : path.toAbsolutePath();
    Files.createDirectories(real.getParent());
    Path unfinished = real.resolveSibling("." + real.getFileName() + ".tmp");
    try {
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
      if (exists) {
        keepPermissions(real, unfinished);
      }
      Files.move(unfinished, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView had =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (had != null) {
      Files.setPosixFilePermissions(to, had.readAttributes().permissions());
    }
  }
}
