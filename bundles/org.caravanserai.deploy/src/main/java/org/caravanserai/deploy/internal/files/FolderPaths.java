package org.caravanserai.deploy.internal.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravanserai.deploy.FileRefusedException;
import org.caravanserai.deploy.FileRefusedException.Reason;
import org.caravanserai.deploy.Folder;
import org.caravanserai.deploy.internal.watch.FileNames;

/**
 * The paths by which files in watched folders are known: the name of the folder first, with a
 * number if there are several of that name.
 */
final class FolderPaths {

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_PATH = 1000;

  private final Map<String, Path> roots = new LinkedHashMap<>();

  FolderPaths(List<Path> folders) {
    for (Path each : folders) {
      String name = String.valueOf(each.getFileName());
      String free = name;
      for (int i = 2; roots.containsKey(free); i++) {
        free = name + "-" + i;
      }
      roots.put(free, each);
    }
  }

  /** The folders, in the order in which they are watched. */
  List<Folder> folders() {
    List<Folder> all = new ArrayList<>();
    roots.forEach((name, root) -> all.add(new Folder(name, Files.isWritable(root))));
    return all;
  }

  /**
   * The file of that path, which need not exist.
   *
   * @throws FileRefusedException if it would not lie in a watched folder, or be hidden
   */
  Path resolve(String path) throws FileRefusedException {
    String[] parts = path.split("/", -1);
    Path root = roots.get(parts[0]);
    if (root == null || parts.length < 2) {
      throw refused(path + " begins with none of " + String.join(", ", roots.keySet()));
    }
    if (path.length() > LONGEST_PATH) {
      throw refused("longer than " + LONGEST_PATH + " characters");
    }
    Path file = root;
    for (int i = 1; i < parts.length; i++) {
      mustBeName(parts[i]);
      file = file.resolve(parts[i]);
    }
    if (!file.startsWith(root) || !isInside(root, file)) {
      throw refused(path + " leads out of its folder");
    }
    return file;
  }

  private static void mustBeName(String part) throws FileRefusedException {
    boolean isName =
        !part.isBlank()
            && !part.equals(".")
            && !part.equals("..")
            && part.equals(part.strip())
            && part.length() <= LONGEST_NAME
            && part.indexOf('\\') < 0
            && part.indexOf(File.separatorChar) < 0
            && part.chars().noneMatch(Character::isISOControl);
    if (!isName) {
      throw refused("no name of a file: '" + part + "'");
    }
    if (FileNames.isIgnored(part)) {
      throw refused(part + " is a name that is not looked at");
    }
  }

  /** Whether it, or what of its path exists, lies there also when links are followed. */
  private static boolean isInside(Path root, Path file) {
    try {
      for (Path each = file; each != null; each = each.getParent()) {
        if (Files.exists(each)) {
          return each.toRealPath().startsWith(root.toRealPath());
        }
        if (Files.isSymbolicLink(each)) {
          return false;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static FileRefusedException refused(String why) {
    return new FileRefusedException(Reason.PATH, why);
  }

  /** All files that there are, by path. */
  SortedMap<String, Path> all() {
    SortedMap<String, Path> all = new TreeMap<>();
    roots.forEach(
        (name, root) -> {
          for (Path file : files(root)) {
            String inside = root.relativize(file).toString().replace(File.separatorChar, '/');
            all.put(name + "/" + inside, file);
          }
        });
    return all;
  }

  private static List<Path> files(Path root) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              return !dir.equals(root) && FileNames.isIgnored(dir.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              boolean isFile =
                  attributes.isRegularFile()
                      || (attributes.isSymbolicLink()
                          && Files.isRegularFile(file)
                          && isInside(root, file));
              if (isFile && !FileNames.isIgnored(file.getFileName().toString())) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // A folder that is not there has no files.
      return List.of();
    }
    return files;
  }
}
