package org.caravanserai.deploy.internal.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sources and resources of one deployment.
 *
 * @param sources its Java sources
 * @param resources its other files, by the path under which its classes find them
 */
record SourceTree(List<SourceFile> sources, SortedMap<String, byte[]> resources) {

  private static final String JAVA = "src/main/java/";
  private static final String RESOURCES = "src/main/resources/";
  private static final String SRC = "src/";

  /**
   * Reads the files of a folder or archive: what lies below {@code src/main/java} and {@code
   * src/main/resources}, else below {@code src}, wherever that is, else everything.
   */
  static SourceTree of(Map<String, byte[]> files) throws RejectedException {
    if (has(files, JAVA)) {
      SourceTree sources = below(JAVA, files);
      return new SourceTree(sources.sources(), below(RESOURCES, files).resources());
    }
    return below(has(files, SRC) ? SRC : "", files);
  }

  private static boolean has(Map<String, byte[]> files, String folder) {
    return files.keySet().stream().anyMatch(path -> start(path, folder) >= 0);
  }

  private static SourceTree below(String folder, Map<String, byte[]> files)
      throws RejectedException {
    List<SourceFile> sources = new ArrayList<>();
    SortedMap<String, byte[]> resources = new TreeMap<>();
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      String path = each.getKey();
      int start = start(path, folder);
      if (start >= 0 && path.endsWith(".java")) {
        sources.add(SourceFile.of(path, each.getValue()));
      } else if (start >= 0) {
        resources.put(path.substring(start), each.getValue());
      }
    }
    return new SourceTree(List.copyOf(sources), resources);
  }

  /** Where in a path begins what lies below a folder; -1 if it does not lie there. */
  private static int start(String path, String folder) {
    if (path.startsWith(folder)) {
      return folder.length();
    }
    int at = path.indexOf("/" + folder);
    return at < 0 ? -1 : at + 1 + folder.length();
  }
}
