package org.caravanserai.deploy.internal.store;

import org.caravanserai.deploy.internal.store.Directory.Kind;
import org.jspecify.annotations.Nullable;

/** Where a content, or the head of a deployment, lies. Each is a live one of its segment. */
final class Place {

  private final Segment segment;
  private final String name;
  private final @Nullable Kind kind;
  private final int revision;
  private final long offset;
  private final int length;
  private final int crc;
  private final int weight;

  private Place(
      Segment segment,
      String name,
      @Nullable Kind kind,
      int revision,
      long offset,
      int length,
      int crc,
      int weight) {
    this.segment = segment;
    this.name = name;
    this.kind = kind;
    this.revision = revision;
    this.offset = offset;
    this.length = length;
    this.crc = crc;
    this.weight = weight;
  }

  /** Of a head, somewhere in that segment. */
  static Place of(Head head, Segment segment) {
    return new Place(segment, head.name(), null, 0, 0, 0, 0, head.weight());
  }

  /** Of a body that begins there. */
  static Place of(Directory.Body body, Segment segment, long offset) {
    return new Place(
        segment,
        body.name(),
        body.kind(),
        body.revision(),
        offset,
        body.length(),
        body.crc(),
        body.weight());
  }

  Segment segment() {
    return segment;
  }

  String name() {
    return name;
  }

  /** What lies there; null if it is a head. */
  @Nullable Kind kind() {
    return kind;
  }

  int revision() {
    return revision;
  }

  /** Where the body begins in the file, in bytes. */
  long offset() {
    return offset;
  }

  /** The length of the body in bytes. */
  int length() {
    return length;
  }

  /** The CRC32C of the body. */
  int crc() {
    return crc;
  }

  /** About how many bytes it takes on the disk. */
  int weight() {
    return weight;
  }
}
