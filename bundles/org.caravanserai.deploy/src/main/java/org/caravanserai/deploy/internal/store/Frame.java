package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.caravanserai.deploy.internal.store.Directory.Body;
import org.caravanserai.deploy.internal.store.Directory.Kind;

/**
 * What is written at once, and is after a crash there as a whole or not at all.
 *
 * <p>A header, the {@link Directory}, then the bodies. The header is big-endian: {@link #MAGIC},
 * the length of the directory, the length of all bodies, the CRC32C of the directory, and the
 * CRC32C of the number of the segment, the place in it, and those sixteen bytes. Each body's CRC32C
 * is in the directory. As the place is part of the checksum, a frame inside a content is none.
 */
final class Frame {

  /** How a frame begins: "SREV". */
  static final int MAGIC = 0x53524556;

  /** The length of the header in bytes. */
  static final int HEADER = 20;

  /** The number of a segment, and a place in it. */
  private static final int PLACE = Integer.BYTES + Long.BYTES;

  /** How long a frame may be, in bytes. */
  static final int GREATEST = 1 << 29;

  private final long sequence;
  private final List<Body> bodies = new ArrayList<>();
  private final List<byte[]> contents = new ArrayList<>();
  private final List<Head> heads = new ArrayList<>();

  /** An empty one. */
  Frame(long sequence) {
    this.sequence = sequence;
  }

  /** Adds a content. */
  void add(Kind kind, String name, int revision, byte[] content) {
    bodies.add(new Body(kind, name, revision, content.length, crc(content)));
    contents.add(content);
  }

  /** Adds a head. */
  void add(Head head) {
    heads.add(head);
  }

  /** Its directory. */
  Directory directory() {
    return new Directory(sequence, bodies, heads);
  }

  /**
   * As bytes, but for the header, which {@link #seal} fills.
   *
   * @throws IOException if it is longer than {@link #GREATEST}
   */
  ByteBuffer encoded() throws IOException {
    Directory all = directory();
    byte[] directory = all.encoded();
    long length = HEADER + directory.length + all.bodiesLength();
    if (length > GREATEST) {
      throw new IOException(length + " bytes at once are more than the store takes");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    bytes.putInt(MAGIC).putInt(directory.length).putInt((int) all.bodiesLength());
    bytes.putInt(crc(directory)).putInt(0).put(directory);
    contents.forEach(bytes::put);
    return bytes.flip();
  }

  /** Completes the header of encoded bytes for their place. */
  static void seal(ByteBuffer bytes, int segment, long at) {
    bytes.putInt(HEADER - Integer.BYTES, headerCrc(bytes, segment, at));
  }

  /** The checksum of the header that begins where the buffer begins. */
  static int headerCrc(ByteBuffer bytes, int segment, long at) {
    int length = HEADER - Integer.BYTES;
    ByteBuffer all = ByteBuffer.allocate(PLACE + length).putInt(segment).putLong(at);
    bytes.get(0, all.array(), PLACE, length);
    return crc(all.array());
  }

  /** The CRC32C (RFC 3720) of the bytes. */
  static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
