package org.caravanserai.deploy.internal.library;

import java.nio.file.Path;

/** Which files of a watched folder are shared libraries. */
public final class LibraryFile {

  private static final String FOLDER = "lib";

  private LibraryFile() {}

  /** Whether a file is one: a jar in a folder {@code lib}. */
  public static boolean is(Path file) {
    Path folder = file.getParent();
    return file.getFileName().toString().endsWith(".jar")
        && folder != null
        && folder.endsWith(FOLDER);
  }
}
