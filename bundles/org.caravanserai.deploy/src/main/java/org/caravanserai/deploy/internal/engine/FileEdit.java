package org.caravanserai.deploy.internal.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A change of a file in a watched folder, which is made once what comes of it is live. */
public interface FileEdit {

  /** The file, or folder, from which the deployment comes afterwards. */
  Path origin();

  /** Whether the file is still what it is to be for the change. */
  boolean isCurrent() throws IOException;

  /** What the origin holds afterwards. */
  byte[] source() throws IOException;

  /** The hash of what the origin holds now; empty if it is not there. */
  String seen() throws IOException;

  /** Makes the change. */
  void make() throws IOException;
}
