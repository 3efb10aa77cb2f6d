package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.caravanserai.deploy.internal.store.Disk.DiskFile;

/** Reads contents from segments. */
final class Bodies {

  private Bodies() {}

  /**
   * The bytes that lie there.
   *
   * @throws DamagedException if they are not what was written
   */
  static byte[] read(Disk disk, Place place) throws IOException {
    byte[] bytes = new byte[place.length()];
    ByteBuffer into = ByteBuffer.wrap(bytes);
    // A file of its own: a thread that is interrupted closes the one it reads.
    try (DiskFile file = disk.open(place.segment().path())) {
      while (into.hasRemaining()) {
        if (file.read(into, place.offset() + into.position()) < 0) {
          throw new DamagedException(place);
        }
      }
    }
    if (Frame.crc(bytes) != place.crc()) {
      throw new DamagedException(place);
    }
    return bytes;
  }

  /** There are other bytes than were written. */
  static final class DamagedException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedException(Place place) {
      super(
          place.name()
              + " rev "
              + place.revision()
              + ": "
              + place.segment().path()
              + " is damaged in the "
              + place.length()
              + " bytes from "
              + place.offset());
    }
  }
}
