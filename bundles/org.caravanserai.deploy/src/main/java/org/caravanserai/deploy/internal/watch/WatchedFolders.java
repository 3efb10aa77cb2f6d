package org.caravanserai.deploy.internal.watch;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watched folders as they lie on disk. */
final class WatchedFolders {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFolders.class);

  private final List<Path> roots;

  /** Folders that are made if they are missing and can be made. */
  WatchedFolders(List<Path> folders) {
    roots = folders.stream().map(each -> each.toAbsolutePath().normalize()).distinct().toList();
    for (Path each : roots) {
      try {
        Files.createDirectories(each);
      } catch (IOException e) {
        LOG.warn("Folder {} is not there and can't be made: {}", each, String.valueOf(e));
      }
    }
  }

  /** What a look at a folder and all below it met. */
  static final class Scan {
    private final List<Path> files = new ArrayList<>();
    private final Set<Path> unreadable = new HashSet<>();

    /** The files, in the order of their paths. */
    List<Path> files() {
      return files;
    }

    /** Whether a file may be there though it was not met. */
    boolean mayHide(Path file) {
      return unreadable.stream().anyMatch(file::startsWith);
    }
  }

  List<Path> roots() {
    return roots;
  }

  /** What a file is a part of: the folder that is one deployment, or else only itself. */
  Path unitOf(Path file) {
    for (Path root : roots) {
      if (file.startsWith(root) && !file.equals(root)) {
        Path each = root;
        for (Path part : root.relativize(file)) {
          each = each.resolve(part);
          if (SourceFolder.is(each)) {
            return each;
          }
        }
      }
    }
    return file;
  }

  /** Whether a file lies in a watched folder that is there, so that its absence means something. */
  boolean covers(Path file) {
    return roots.stream().anyMatch(root -> file.startsWith(root) && Files.isDirectory(root));
  }

  /**
   * Looks at a folder and all below it, symbolic links followed, hidden ones left out.
   *
   * @param folder gets each folder before its content is looked at
   */
  static void scan(Path top, Scan into, Consumer<Path> folder) {
    try {
      Files.walkFileTree(
          top,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              if (!dir.equals(top) && FileNames.isIgnored(dir.getFileName().toString())) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              folder.accept(dir);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                into.files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              // A link that leads nowhere, or a file that went while we looked, is simply not
              // there.
              if (!(failure instanceof NoSuchFileException)) {
                into.unreadable.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) {
              if (failure != null) {
                into.unreadable.add(dir);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      into.files.sort(null);
    } catch (IOException e) {
      into.unreadable.add(top);
    }
  }
}
