package org.caravanserai.deploy.internal.watch;

import java.util.List;

/** Which names in a watched folder mean something. */
final class FileNames {

  private static final List<String> DEPLOYABLE = List.of(".java", ".zip", ".jar");

  private FileNames() {}

  /** Whether a file or folder is hidden, or one that editors make for a moment. */
  static boolean isIgnored(String name) {
    return name.startsWith(".")
        || name.endsWith("~")
        || name.endsWith(".swp")
        || name.endsWith(".swx")
        || name.endsWith(".tmp")
        || name.endsWith(".bak")
        || name.endsWith("___jb_tmp___")
        || name.endsWith("___jb_old___")
        || (name.startsWith("#") && name.endsWith("#"))
        // Vim sees by it whether it may write into the folder.
        || name.equals("4913");
  }

  /** Whether it is a deployment: a Java source, an archive of sources, a jar of services. */
  static boolean isDeployment(String name) {
    return DEPLOYABLE.stream().anyMatch(name::endsWith);
  }

  /** The name without what tells its kind. */
  static String baseName(String name) {
    return isDeployment(name) ? name.substring(0, name.lastIndexOf('.')) : name;
  }
}
