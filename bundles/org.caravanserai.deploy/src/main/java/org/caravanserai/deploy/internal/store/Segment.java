package org.caravanserai.deploy.internal.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A file of frames, written from its beginning to its end and never changed again.
 *
 * <p>Its header is {@link #MAGIC}, the version of the format, its number, and the CRC32C of these,
 * all big-endian. Only the writer's thread changes it.
 */
final class Segment {

  /** How a segment begins: "SERAIREV". */
  static final long MAGIC = 0x5345524149524556L;

  /** The version that this release writes, and the greatest that it reads. */
  static final int VERSION = 1;

  /** The length of the header in bytes. */
  static final int HEADER = 20;

  private static final String SUFFIX = ".log";

  /** One more than the greatest number: names have eight digits. */
  private static final int MOST = 100_000_000;

  private final int number;
  private final Path path;
  private final Set<Place> live = new LinkedHashSet<>();
  private long liveBytes;
  private long end = HEADER;
  private boolean damaged;
  private boolean unreadable;

  Segment(int number, Path path) {
    this.number = number;
    this.path = path;
  }

  /** The file of the segment of that number. */
  static Path file(Path folder, int number) {
    return folder.resolve(Integer.toString(MOST + number).substring(1) + SUFFIX);
  }

  /** The number of a segment whose file that is; 0 if it is none's. */
  static int number(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{8}\\" + SUFFIX)
        ? Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()))
        : 0;
  }

  /** The header of a segment of that number. */
  static ByteBuffer header(int number) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(VERSION).putInt(number);
    return bytes.putInt(headerCrc(bytes)).flip();
  }

  /** The checksum of the header that begins where the buffer begins. */
  static int headerCrc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, HEADER - Integer.BYTES));
    return (int) crc.getValue();
  }

  int number() {
    return number;
  }

  Path path() {
    return path;
  }

  /** Where the last frame ends. */
  long end() {
    return end;
  }

  void end(long now) {
    end = now;
  }

  /** What of it is still needed, oldest first. */
  Set<Place> live() {
    return live;
  }

  void add(Place place) {
    if (live.add(place)) {
      liveBytes += place.weight();
    }
  }

  void remove(Place place) {
    if (live.remove(place)) {
      liveBytes -= place.weight();
    }
  }

  /** How many bytes of it nobody needs. */
  long dead() {
    return Math.max(0, end - HEADER - liveBytes);
  }

  /** How much of it nobody needs, if it counts as at least that long: 0 to 1. */
  double deadShare(long least) {
    return 1 - (double) liveBytes / Math.max(1, Math.max(least, end - HEADER));
  }

  /** Whether there are bytes in it that can't be read as what they were. */
  boolean damaged() {
    return damaged;
  }

  void damage() {
    damaged = true;
  }

  /** Whether the disk failed to give it; it stays as it is until the next start. */
  boolean unreadable() {
    return unreadable;
  }

  void fail() {
    unreadable = true;
  }
}
