package org.caravanserai.deploy.internal.watch;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A folder that is one deployment, because it has a folder {@code src}; what lies beside {@code
 * src} is not looked at.
 */
public final class SourceFolder {

  private static final String SOURCES = "src";

  /** The same bytes for the same files: zip entries know no time before this. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private SourceFolder() {}

  /** Whether a folder is one deployment. */
  public static boolean is(Path folder) {
    return Files.isDirectory(folder.resolve(SOURCES));
  }

  /** What tells cheaply that something in it has changed; empty if it is no such folder. */
  static Optional<FileStamp> stamp(Path folder) {
    if (!is(folder)) {
      return Optional.empty();
    }
    try {
      long size = 0;
      FileTime modified = FileTime.fromMillis(0);
      List<Object> listing = new ArrayList<>();
      for (Path each : files(folder)) {
        FileStamp file = FileStamp.of(Files.readAttributes(each, BasicFileAttributes.class));
        size += file.size();
        modified = file.modified().compareTo(modified) > 0 ? file.modified() : modified;
        listing.add(each);
        listing.add(file);
      }
      return Optional.of(new FileStamp(size, modified, listing));
    } catch (IOException | UncheckedIOException e) {
      // Something went while we looked: there will be another look.
      return Optional.of(new FileStamp(-1, FileTime.fromMillis(System.currentTimeMillis()), null));
    }
  }

  /** Its files as a zip file, the same bytes for the same files. */
  public static byte[] pack(Path folder) throws IOException {
    return pack(folder, Map.of());
  }

  /**
   * What {@link #pack(Path)} would be after a change.
   *
   * @param changes other contents of some files; empty for those that would be gone
   */
  public static byte[] pack(Path folder, Map<Path, Optional<byte[]>> changes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SortedSet<Path> all = new TreeSet<>(files(folder));
    changes.forEach(
        (file, content) -> {
          if (content.isEmpty()) {
            all.remove(file);
          } else if (file.startsWith(folder.resolve(SOURCES)) && isMeant(folder.relativize(file))) {
            all.add(file);
          }
        });
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path each : all) {
        ZipEntry entry =
            new ZipEntry(folder.relativize(each).toString().replace(File.separatorChar, '/'));
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        Optional<byte[]> changed = changes.get(each);
        if (changed == null) {
          Files.copy(each, zip);
        } else {
          zip.write(changed.orElseThrow());
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return bytes.toByteArray();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(SOURCES), FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .filter(each -> isMeant(folder.relativize(each)))
          .sorted()
          .toList();
    }
  }

  private static boolean isMeant(Path inside) {
    for (Path part : inside) {
      if (FileNames.isIgnored(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
