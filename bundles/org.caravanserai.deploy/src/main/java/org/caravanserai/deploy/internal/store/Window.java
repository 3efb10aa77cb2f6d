package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.caravanserai.deploy.internal.store.Disk.DiskFile;

/** The piece of a file that was read last. */
final class Window {

  private final DiskFile file;
  private final long size;
  private final ByteBuffer piece;
  private long from;

  /** Of an open file; reads that many bytes at once. */
  Window(DiskFile file, int atOnce) throws IOException {
    this.file = file;
    this.size = file.size();
    this.piece = ByteBuffer.allocateDirect(atOnce).limit(0);
  }

  /** The length of the file in bytes. */
  long size() {
    return size;
  }

  /**
   * As many bytes from that place on as are at hand, at least so many if the file has them. Good
   * until the next call.
   */
  ByteBuffer from(long at, int least) throws IOException {
    if (at < from || at + least > from + piece.limit()) {
      piece.clear();
      from = at;
      while (piece.hasRemaining()) {
        if (file.read(piece, at + piece.position()) < 0) {
          break;
        }
      }
      piece.flip();
    }
    int begin = (int) Math.min(at - from, piece.limit());
    return piece.slice(begin, piece.limit() - begin);
  }

  /**
   * So many bytes, of which {@code length} must be in the file.
   *
   * @throws IOException if they are not
   */
  ByteBuffer bytes(long at, int length) throws IOException {
    ByteBuffer found = from(at, length);
    if (found.remaining() < length) {
      throw new IOException("the file became shorter while it was read");
    }
    return found.slice(0, length);
  }

  /** Copies bytes, which must be in the file. */
  byte[] copy(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      ByteBuffer some = bytes(at + done, Math.min(length - done, piece.capacity()));
      int count = some.remaining();
      some.get(bytes, done, count);
      done += count;
    }
    return bytes;
  }
}
