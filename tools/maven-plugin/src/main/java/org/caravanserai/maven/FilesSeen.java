package org.caravanserai.maven;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What lay in some folders at one time. Two of them tell what has been saved meanwhile, written in
 * place or put there by a rename; hidden files, such as those of editors, do not count.
 *
 * @param files each file, and what changes when it is saved
 */
record FilesSeen(Map<Path, Stamp> files) {

  /** What changes when a file is saved. */
  record Stamp(FileTime modified, long size, String key) {}

  /**
   * Looks now.
   *
   * @param places files, and folders that are looked at to any depth; they need not be there
   */
  static FilesSeen in(Collection<Path> places) {
    Map<Path, Stamp> files = new TreeMap<>();
    for (Path place : places) {
      if (Files.exists(place)) {
        look(place, files);
      }
    }
    return new FilesSeen(files);
  }

  private static void look(Path place, Map<Path, Stamp> files) {
    try {
      Files.walkFileTree(place, new Eye(place, files));
    } catch (IOException e) {
      // It went away while it was looked at.
      files.keySet().removeIf(file -> file.startsWith(place));
    }
  }

  /** The files that are new, different or gone. */
  Set<Path> changedSince(FilesSeen before) {
    Set<Path> changed = new HashSet<>(files.keySet());
    changed.addAll(before.files.keySet());
    changed.removeIf(file -> Objects.equals(files.get(file), before.files.get(file)));
    return changed;
  }

  /** Notes what it meets. */
  private static final class Eye extends SimpleFileVisitor<Path> {

    private final Path place;
    private final Map<Path, Stamp> files;

    Eye(Path place, Map<Path, Stamp> files) {
      this.place = place;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isHidden(file)) {
        String key = String.valueOf(attributes.fileKey());
        files.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size(), key));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path path) {
      return !path.equals(place) && path.getFileName().toString().startsWith(".");
    }
  }
}
