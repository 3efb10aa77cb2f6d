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
  private static final String TESTS = "src/test/";

  /**
   * Reads the files of a folder or archive: Maven's layout, whatever folder it begins in, or
   * sources anywhere with resources beside them.
   */
  static SourceTree of(Map<String, byte[]> files) throws RejectedException {
    boolean maven = files.keySet().stream().anyMatch(path -> ("/" + path).contains("/" + JAVA));
    List<SourceFile> sources = new ArrayList<>();
    SortedMap<String, byte[]> resources = new TreeMap<>();
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      String path = each.getKey();
      boolean isSource = path.endsWith(".java");
      if (!maven) {
        if (isSource) {
          sources.add(SourceFile.of(path, each.getValue()));
        } else {
          resources.put(path, each.getValue());
        }
      } else if (isSource && below(path, JAVA) >= 0 && below(path, TESTS) < 0) {
        sources.add(SourceFile.of(path, each.getValue()));
      } else if (below(path, RESOURCES) >= 0) {
        resources.put(path.substring(below(path, RESOURCES)), each.getValue());
      }
    }
    return new SourceTree(List.copyOf(sources), resources);
  }

  /** Where in a path begins what lies below a folder; -1 if it does not lie there. */
  private static int below(String path, String folder) {
    if (path.startsWith(folder)) {
      return folder.length();
    }
    int at = path.indexOf("/" + folder);
    return at < 0 ? -1 : at + 1 + folder.length();
  }
}
