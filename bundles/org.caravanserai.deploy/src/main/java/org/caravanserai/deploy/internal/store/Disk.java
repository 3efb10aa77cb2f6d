package org.caravanserai.deploy.internal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything that the store asks of a file system; every call can fail. */
interface Disk {

  /** Makes a folder that only the server's user can enter, or closes one that is open to others. */
  void makeFolder(Path folder) throws IOException;

  /** Locks a file, which is made if it is missing; empty if somebody else has it locked. */
  Optional<Closeable> lock(Path file) throws IOException;

  /** The files of a folder, in no order. */
  List<Path> list(Path folder) throws IOException;

  /** Makes a new file that only the server's user can read. */
  DiskFile create(Path file) throws IOException;

  /** Opens a file to be read. */
  DiskFile open(Path file) throws IOException;

  /** Opens a file to be shortened and forced. */
  DiskFile reopen(Path file) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Renames a file. */
  void rename(Path file, Path to) throws IOException;

  /** Forces the names in a folder. */
  void forceFolder(Path folder) throws IOException;

  /** An open file. */
  interface DiskFile extends Closeable {

    /** Its length in bytes. */
    long size() throws IOException;

    /** Reads at least one byte at that place of the file, or gives -1 at its end. */
    int read(ByteBuffer into, long at) throws IOException;

    /** Writes all the bytes at that place of the file. */
    void write(ByteBuffer bytes, long at) throws IOException;

    /** Returns when the content, and what is needed to find it again, is on the disk. */
    void force() throws IOException;

    /** Cuts off everything from there on. */
    void truncate(long size) throws IOException;
  }
}
