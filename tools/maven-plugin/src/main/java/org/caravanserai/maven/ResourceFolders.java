package org.caravanserai.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.maven.model.Resource;

/**
 * The resource folders of a project whose files go into its jar as they are.
 *
 * @param watched those folders, by their folders in the jar
 * @param others the folders that Maven filters or takes parts of
 */
record ResourceFolders(List<Folder> watched, List<Path> others) {

  /** One folder, and where it goes in the jar: empty, or with a slash at its end. */
  record Folder(Path path, String prefix) {}

  /** Divides the resources of a project. */
  static ResourceFolders of(List<Resource> resources) {
    List<Folder> watched = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Resource each : resources) {
      Path path = Path.of(each.getDirectory());
      if (each.isFiltering() || !each.getIncludes().isEmpty() || !each.getExcludes().isEmpty()) {
        others.add(path);
      } else {
        String target = each.getTargetPath();
        watched.add(new Folder(path, target == null || target.isEmpty() ? "" : target + "/"));
      }
    }
    watched.removeIf(folder -> others.contains(folder.path()));
    return new ResourceFolders(watched, others);
  }

  /** The folders' paths. */
  List<Path> paths() {
    return watched.stream().map(Folder::path).toList();
  }

  /** The files that are there now, by their names in the jar. */
  SortedMap<String, Path> files() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    for (Folder folder : watched) {
      for (Path file : SourceCompiler.below(folder.path(), "")) {
        String name = folder.path().relativize(file).toString().replace('\\', '/');
        files.put(folder.prefix() + name, file);
      }
    }
    return files;
  }
}
