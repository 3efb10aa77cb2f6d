package org.caravanserai.objects.internal.disk;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces files below one folder, all of them or none, whenever the server may end.
 *
 * <p>Each new content is written beside the old one as {@code .NAME.new} and forced; then a list of
 * them, {@code .commit}, is put in place by a rename: from then on they count, and the next {@link
 * #finish()} renames what has not been renamed yet. One file alone needs no list.
 */
public final class Replacement {

  private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
  private static final String NEW = ".new";

  private final Disk disk;
  private final Path root;
  private final Path commit;

  /**
   * Works on a disk.
   *
   * @param root the folder that all files are below
   * @param list the folder below it where the list stands
   */
  public Replacement(Disk disk, Path root, Path list) {
    this.disk = disk;
    this.root = root;
    this.commit = list.resolve(".commit");
  }

  /**
   * Finishes what a server that ended, or a disk that failed, has left half done. To be called
   * before any of the files is read.
   */
  public void finish() throws IOException {
    Optional<byte[]> list = disk.read(commit);
    if (list.isEmpty()) {
      return;
    }
    disk.forceFolder(folder(commit));
    List<Path> files =
        new String(list.get(), StandardCharsets.UTF_8).lines().map(root::resolve).toList();
    for (Path file : files) {
      // What has been renamed already has no new content any more.
      if (disk.stamp(beside(file)).isPresent()) {
        disk.rename(beside(file), file);
      }
    }
    // What is renamed must not be undone by a power cut after the list is gone, nor the list itself
    // come too late.
    for (Path folder : files.stream().map(Replacement::folder).distinct().toList()) {
      disk.forceFolder(folder);
    }
    disk.delete(commit);
    disk.forceFolder(folder(commit));
  }

  /**
   * Replaces files.
   *
   * @param contents the new content of each
   * @throws IOException if nothing was replaced
   */
  public void replace(Map<Path, byte[]> contents) throws IOException {
    if (contents.isEmpty()) {
      return;
    }
    finish();
    List<Path> files = List.copyOf(contents.keySet());
    try {
      for (Map.Entry<Path, byte[]> each : contents.entrySet()) {
        disk.write(beside(each.getKey()), each.getValue());
      }
      if (files.size() == 1) {
        disk.rename(beside(files.get(0)), files.get(0));
      } else {
        commit(files);
      }
    } catch (IOException e) {
      forget(files, e);
      throw e;
    }
    try {
      if (files.size() == 1) {
        disk.forceFolder(folder(files.get(0)));
      } else {
        finish();
      }
    } catch (IOException e) {
      LOG.warn("A change of {} is made, but not safe from a power cut yet: {}", root, e.toString());
    }
  }

  private void commit(List<Path> files) throws IOException {
    Path list = beside(commit);
    String names = files.stream().map(root::relativize).map(Path::toString).collect(joining("\n"));
    disk.write(list, names.getBytes(StandardCharsets.UTF_8));
    for (Path folder : files.stream().map(Replacement::folder).distinct().toList()) {
      disk.forceFolder(folder);
    }
    disk.rename(list, commit);
  }

  private void forget(Iterable<Path> files, IOException reason) {
    for (Path file : files) {
      try {
        disk.delete(beside(file));
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling("." + file.getFileName() + NEW);
  }

  private static Path folder(Path file) {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }
}
