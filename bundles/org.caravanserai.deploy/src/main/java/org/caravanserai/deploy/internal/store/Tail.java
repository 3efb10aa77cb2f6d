package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.caravanserai.deploy.internal.store.Disk.DiskFile;

/** The segment that is being written. */
final class Tail {

  private final Segment segment;
  private final DiskFile file;
  private long forced = Segment.HEADER;
  private long room;
  private boolean broken;

  private Tail(Segment segment, DiskFile file) {
    this.segment = segment;
    this.file = file;
  }

  /** Begins a new segment, with that many bytes of room; it is on the disk when this returns. */
  static Tail begun(Disk disk, Path folder, int number, int ahead) throws IOException {
    Path path = Segment.file(folder, number);
    DiskFile file = disk.create(path);
    try {
      ByteBuffer header = Segment.header(number);
      ByteBuffer begin = ByteBuffer.allocate(Segment.HEADER + ahead).put(header);
      file.write(begin.clear(), 0);
      file.force();
      disk.forceFolder(folder);
      Tail begun = new Tail(new Segment(number, path), file);
      begun.room = begin.limit();
      return begun;
    } catch (IOException e) {
      try (file) {
        disk.delete(path);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  Segment segment() {
    return segment;
  }

  /** Whether a force failed, or a frame may be in it that should not. */
  boolean broken() {
    return broken;
  }

  /** Whether anything was written that was not forced. */
  boolean unforced() {
    return segment.end() > forced;
  }

  /** How many bytes can be written without the file growing. */
  long room() {
    return Math.max(0, room - segment.end());
  }

  /** Writes a frame; returns where it begins. What failed is cut off. */
  long write(ByteBuffer frame, boolean force) throws IOException {
    long at = segment.end();
    Frame.seal(frame, segment.number(), at);
    int length = frame.remaining();
    try {
      file.write(frame, at);
      segment.end(at + length);
    } catch (IOException e) {
      cut(e);
      throw e;
    }
    if (force) {
      force();
    }
    return at;
  }

  /** Returns when everything is on the disk. What could not be forced is cut off. */
  void force() throws IOException {
    try {
      file.force();
      forced = segment.end();
    } catch (IOException e) {
      // The system may take the pages that it could not write for written: no second try.
      broken = true;
      cut(e);
      throw e;
    }
  }

  /** Makes room ahead. */
  void extend(int ahead) throws IOException {
    long from = Math.max(room, segment.end());
    try {
      file.write(ByteBuffer.allocate(ahead), from);
    } catch (IOException e) {
      cut(e);
      throw e;
    }
    force();
    room = from + ahead;
  }

  private void cut(IOException why) {
    segment.end(forced);
    room = forced;
    try {
      file.truncate(forced);
      file.force();
    } catch (IOException e) {
      broken = true;
      why.addSuppressed(e);
    }
  }

  /** Gives back what room is left and closes the file. */
  void close() throws IOException {
    try (file) {
      file.truncate(segment.end());
    }
  }
}
