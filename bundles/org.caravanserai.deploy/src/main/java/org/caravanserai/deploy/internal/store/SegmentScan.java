package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.caravanserai.deploy.internal.store.Directory.Body;
import org.caravanserai.deploy.internal.store.Disk.DiskFile;

/** Finds the frames of a segment, whatever is between them. */
final class SegmentScan {

  private static final int AT_ONCE = 256 << 10;

  /** A frame of contents is some 10 KB long, of which only the beginning is wanted. */
  private static final int BEGINNING = 4 << 10;

  private static final ByteBuffer ZEROS = ByteBuffer.allocate(64 << 10);

  private final Window window;
  private final int number;
  private final boolean full;
  private final Visitor visitor;
  private boolean headerDamaged;

  /** Who is told what is found. */
  interface Visitor {

    /** A frame, whose bodies begin there. */
    void frame(Directory directory, long bodies);

    /** Bytes between frames that are none. */
    void damage(long from, long to);
  }

  private SegmentScan(Window window, int number, boolean full, Visitor visitor) {
    this.window = window;
    this.number = number;
    this.full = full;
    this.visitor = visitor;
  }

  /**
   * What the end of a segment is like.
   *
   * @param headerDamaged whether its first bytes are not those of a segment
   * @param end where the last frame ends
   * @param torn whether anything but zeros follows
   */
  record Found(boolean headerDamaged, long end, boolean torn) {}

  /**
   * Looks through a file.
   *
   * @param number that of the segment, if its header does not tell
   * @param full whether bodies are read too, so that a frame without a good one is none
   * @throws IOException if it can't be read, or is of a later release
   */
  static Found scan(DiskFile file, int number, boolean full, Visitor visitor) throws IOException {
    Window window = new Window(file, full ? AT_ONCE : BEGINNING);
    return new SegmentScan(window, number, full, visitor).scan();
  }

  private Found scan() throws IOException {
    int owner = header();
    long end = Segment.HEADER;
    long at = Segment.HEADER;
    while (at + Frame.HEADER <= window.size()) {
      ByteBuffer header = window.bytes(at, Frame.HEADER);
      long length = length(header, owner, at);
      if (length < 0 || at + length > window.size()) {
        at = candidate(at + 1);
        continue;
      }
      Optional<Directory> directory = directory(header, at, length);
      if (directory.isPresent()) {
        if (at > end) {
          visitor.damage(end, at);
        }
        end = at + length;
        visitor.frame(directory.get(), end - directory.get().bodiesLength());
      }
      at += length;
    }
    return new Found(headerDamaged, end, !isZero(end));
  }

  private int header() throws IOException {
    if (window.size() >= Segment.HEADER) {
      ByteBuffer header = window.bytes(0, Segment.HEADER);
      if (header.getLong(0) == Segment.MAGIC && header.getInt(16) == Segment.headerCrc(header)) {
        int version = header.getInt(8);
        if (version > Segment.VERSION) {
          throw new IOException(
              "the revisions were written by a later release (format "
                  + version
                  + "), this one reads format "
                  + Segment.VERSION);
        }
        return header.getInt(12);
      }
      headerDamaged = !isZero(0);
    }
    return number;
  }

  private static long length(ByteBuffer header, int owner, long at) {
    long directory = header.getInt(4);
    long bodies = header.getInt(8);
    boolean good =
        header.getInt(0) == Frame.MAGIC
            && directory >= 0
            && bodies >= 0
            && header.getInt(16) == Frame.headerCrc(header, owner, at);
    return good ? Frame.HEADER + directory + bodies : -1;
  }

  private Optional<Directory> directory(ByteBuffer header, long at, long length)
      throws IOException {
    int bodiesLength = header.getInt(8);
    int crc = header.getInt(12);
    byte[] bytes = window.copy(at + Frame.HEADER, (int) (length - Frame.HEADER - bodiesLength));
    if (Frame.crc(bytes) != crc) {
      return Optional.empty();
    }
    Directory directory;
    try {
      directory = Directory.decoded(bytes);
    } catch (IOException e) {
      return Optional.empty();
    }
    boolean good =
        directory.bodiesLength() == bodiesLength
            && (!full || areGood(directory, at + length - bodiesLength));
    return good ? Optional.of(directory) : Optional.empty();
  }

  private boolean areGood(Directory directory, long bodies) throws IOException {
    long at = bodies;
    for (Body each : directory.bodies()) {
      CRC32C crc = new CRC32C();
      for (long left = each.length(); left > 0; ) {
        ByteBuffer some = window.bytes(at, (int) Math.min(left, AT_ONCE));
        left -= some.remaining();
        at += some.remaining();
        crc.update(some);
      }
      if ((int) crc.getValue() != each.crc()) {
        return false;
      }
    }
    return true;
  }

  /** The next place from there on where a frame may begin; the end of the file if there is none. */
  private long candidate(long from) throws IOException {
    long at = from;
    while (at + Frame.HEADER <= window.size()) {
      ByteBuffer bytes = window.from(at, Long.BYTES);
      int last = bytes.remaining() - Long.BYTES;
      for (int i = 0; i <= last; ) {
        if (bytes.getLong(i) == 0) {
          i += Long.BYTES;
        } else if (bytes.getInt(i) == Frame.MAGIC) {
          return at + i;
        } else {
          i++;
        }
      }
      // The last bytes of the piece are looked at again, as the first ones of the next.
      at += last + 1;
    }
    return window.size();
  }

  private boolean isZero(long from) throws IOException {
    for (long at = from; at < window.size(); ) {
      ByteBuffer bytes = window.from(at, 1);
      int length = Math.min(bytes.remaining(), ZEROS.limit());
      if (bytes.slice(0, length).mismatch(ZEROS.slice(0, length)) >= 0) {
        return false;
      }
      at += length;
    }
    return true;
  }
}
