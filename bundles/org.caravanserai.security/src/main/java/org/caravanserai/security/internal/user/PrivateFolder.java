package org.caravanserai.security.internal.user;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A folder (mode 0700) of files (mode 0600) that only the server's user can read. */
final class PrivateFolder {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final boolean posix;

  /** Makes the folder, or closes one that is open to others. */
  PrivateFolder(Path path) throws IOException {
    this.path = path;
    posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(path)) {
      Files.createDirectory(path, with(FOLDER));
    }
    restrict(path, FOLDER);
  }

  /** The content of a file; empty if there is none. */
  Optional<byte[]> read(String name) throws IOException {
    try {
      byte[] content = Files.readAllBytes(path.resolve(name));
      restrict(path.resolve(name), FILE);
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Replaces a file as a whole; it is on the disk, and never was open to others, when this returns.
   */
  void write(String name, byte[] content) throws IOException {
    Path temporary = path.resolve(name + ".tmp");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            with(FILE))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    restrict(temporary, FILE);
    Files.move(
        temporary,
        path.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a file, if it is there. */
  void delete(String name) throws IOException {
    Files.deleteIfExists(path.resolve(name));
  }

  private FileAttribute<?>[] with(Set<PosixFilePermission> permissions) {
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private void restrict(Path file, Set<PosixFilePermission> permissions) throws IOException {
    if (posix && !Files.getPosixFilePermissions(file).equals(permissions)) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
