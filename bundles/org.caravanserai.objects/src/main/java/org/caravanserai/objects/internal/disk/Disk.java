package org.caravanserai.objects.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything that is asked of a file system here; every call can fail. */
public interface Disk {

  /** Makes a folder that only the server's user can enter, or closes one that is open to others. */
  void makeFolder(Path folder) throws IOException;

  /** The files of a folder, in no order. */
  List<Path> list(Path folder) throws IOException;

  /** The content of a file; empty if there is none. */
  Optional<byte[]> read(Path file) throws IOException;

  /** What tells one content of a file from another without reading it; empty if there is none. */
  Optional<String> stamp(Path file) throws IOException;

  /**
   * Writes a file anew, readable by the server's user only; returns when its content is on the
   * disk.
   */
  void write(Path file, byte[] content) throws IOException;

  /** Renames a file, over another one if there is one. */
  void rename(Path file, Path to) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Forces the names in a folder. */
  void forceFolder(Path folder) throws IOException;
}
