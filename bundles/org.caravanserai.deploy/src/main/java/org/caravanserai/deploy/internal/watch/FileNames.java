package org.caravanserai.deploy.internal.watch;

/** Which names in a watched folder mean something. */
public final class FileNames {

  private FileNames() {}

  /** Whether a file or folder is hidden, or one that editors make for a moment. */
  public static boolean isIgnored(String name) {
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
}
