package org.caravanserai.security.internal.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of the audit: {@code audit-00000001.jsonl} and on, in a folder that only the server's
 * user can read. Lines are added to the last one; when it is full the next one is begun.
 */
final class AuditFiles implements AutoCloseable {

  private static final String PREFIX = "audit-";
  private static final String SUFFIX = ".jsonl";

  private final Path folder;
  private final long fullSize;
  private final int kept;
  private final boolean posix;
  private int number;
  private FileChannel channel;

  /**
   * Opens the last file, and cuts off a line that a killed server left half written.
   *
   * @param fullSize bytes after which the next file is begun
   * @param kept how many files are kept
   */
  AuditFiles(Path folder, long fullSize, int kept) throws IOException {
    this.folder = folder;
    this.fullSize = fullSize;
    this.kept = kept;
    this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder, with("rwx------"));
    if (posix) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    List<Path> files = files();
    number = files.isEmpty() ? 1 : number(files.get(files.size() - 1));
    channel = open(number);
    cutHalfLine();
  }

  /** All files, the oldest first. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> number(file) > 0)
          .sorted(Comparator.comparingInt(AuditFiles::number))
          .toList();
    }
  }

  private static int number(Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return 0;
    }
    try {
      return Integer.parseInt(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Adds a line as a whole, or nothing of it.
   *
   * @param durable whether it is to be on the disk when this returns
   */
  synchronized void add(byte[] line, boolean durable) throws IOException {
    if (channel.size() > 0 && channel.size() + line.length > fullSize) {
      next();
    }
    long end = channel.size();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(false);
      }
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  private void next() throws IOException {
    FileChannel opened = open(number + 1);
    channel.close();
    channel = opened;
    number++;
    List<Path> files = new ArrayList<>(files());
    while (files.size() > kept) {
      Files.deleteIfExists(files.remove(0));
    }
  }

  private FileChannel open(int which) throws IOException {
    Path file = folder.resolve(String.format(Locale.ROOT, "%s%08d%s", PREFIX, which, SUFFIX));
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
        with("rw-------"));
  }

  private void cutHalfLine() throws IOException {
    Path file = files().get(files().size() - 1);
    try (RandomAccessFile last = new RandomAccessFile(file.toFile(), "rw")) {
      long end = last.length();
      while (end > 0) {
        last.seek(end - 1);
        if (last.read() == '\n') {
          break;
        }
        end--;
      }
      last.setLength(end);
    }
  }

  private FileAttribute<?>[] with(String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
