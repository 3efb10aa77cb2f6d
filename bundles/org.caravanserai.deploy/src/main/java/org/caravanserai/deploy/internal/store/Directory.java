package org.caravanserai.deploy.internal.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a frame ahead of its contents.
 *
 * @param sequence grows from frame to frame; the head with the greatest one holds
 * @param bodies the contents that follow, in their order
 * @param heads the heads
 */
record Directory(long sequence, List<Body> bodies, List<Head> heads) {

  private static final int CURRENT = 1;
  private static final int CONFIRMED = 2;
  private static final int BEFORE = 4;

  /** What stands for bytes that are not UTF-8. */
  private static final char REPLACED = '\uFFFD';

  /** How many bytes each takes at least. */
  private static final int LEAST_BODY = 1 + 2 + 3 * Integer.BYTES;

  private static final int LEAST_HEAD = 2 + Integer.BYTES + 1 + Integer.BYTES;

  /** What a body is. */
  enum Kind {
    /** What was deployed. */
    CONTENT(0),
    /** What was made of it. */
    COMPILED(1);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Kind of(int code) throws IOException {
      return switch (code) {
        case 0 -> CONTENT;
        case 1 -> COMPILED;
        default -> throw new IOException("no kind " + code);
      };
    }
  }

  /**
   * A content.
   *
   * @param kind what it is
   * @param name of which deployment
   * @param revision of which revision
   * @param length its length in bytes
   * @param crc its CRC32C
   */
  record Body(Kind kind, String name, int revision, int length, int crc) {

    /** About how many bytes it takes on the disk. */
    int weight() {
      return length + name.length() + 16;
    }
  }

  /** The length of all bodies in bytes. */
  long bodiesLength() {
    long length = 0;
    for (Body each : bodies) {
      length += each.length();
    }
    return length;
  }

  /** As bytes: big-endian numbers, strings as {@link DataOutputStream#writeUTF} writes them. */
  byte[] encoded() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(sequence);
    out.writeInt(bodies.size());
    for (Body each : bodies) {
      out.writeByte(each.kind().code);
      out.writeUTF(each.name());
      out.writeInt(each.revision());
      out.writeInt(each.length());
      out.writeInt(each.crc());
    }
    out.writeInt(heads.size());
    for (Head each : heads) {
      write(each, out);
    }
    return bytes.toByteArray();
  }

  private static void write(Head head, DataOutputStream out) throws IOException {
    out.writeUTF(head.name());
    out.writeInt(head.highest());
    out.writeByte(
        (head.current().isPresent() ? CURRENT : 0)
            | (head.confirmed() ? CONFIRMED : 0)
            | (head.before().isPresent() ? BEFORE : 0));
    if (head.current().isPresent()) {
      write(head.current().get(), out);
    }
    if (head.before().isPresent()) {
      write(head.before().get(), out);
    }
    out.writeInt(head.kept().size());
    for (int each : head.kept()) {
      out.writeInt(each);
    }
  }

  private static void write(Current current, DataOutputStream out) throws IOException {
    out.writeInt(current.revision());
    out.writeUTF(current.sha256());
    out.writeBoolean(current.live());
    out.writeBoolean(current.origin().isPresent());
    out.writeUTF(current.origin().orElse(""));
    out.writeUTF(current.seen());
    out.writeBoolean(current.differs());
    Instant since = current.since();
    out.writeLong(since.getEpochSecond());
    out.writeInt(since.getNano());
  }

  /**
   * From bytes.
   *
   * @throws IOException if that is no directory
   */
  static Directory decoded(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      long sequence = in.getLong();
      List<Body> bodies = new ArrayList<>();
      for (int i = count(in, LEAST_BODY); i > 0; i--) {
        bodies.add(body(in));
      }
      List<Head> heads = new ArrayList<>();
      for (int i = count(in, LEAST_HEAD); i > 0; i--) {
        heads.add(head(in));
      }
      if (in.hasRemaining()) {
        throw new IOException("more bytes than entries");
      }
      return new Directory(sequence, bodies, heads);
    } catch (BufferUnderflowException e) {
      throw new IOException("fewer bytes than entries", e);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("no point in time", e);
    }
  }

  private static int count(ByteBuffer in, int least) throws IOException {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / least) {
      throw new IOException("more entries than bytes");
    }
    return count;
  }

  private static Body body(ByteBuffer in) throws IOException {
    Kind kind = Kind.of(in.get());
    Body body = new Body(kind, text(in), in.getInt(), in.getInt(), in.getInt());
    if (body.length() < 0) {
      throw new IOException("a negative length");
    }
    return body;
  }

  private static Head head(ByteBuffer in) throws IOException {
    String name = text(in);
    int highest = in.getInt();
    int flags = in.get();
    Optional<Current> current =
        (flags & CURRENT) != 0 ? Optional.of(current(name, in)) : Optional.empty();
    Optional<Current> before =
        (flags & BEFORE) != 0 ? Optional.of(current(name, in)) : Optional.empty();
    int count = count(in, Integer.BYTES);
    List<Integer> kept = new ArrayList<>(count);
    for (int i = count; i > 0; i--) {
      kept.add(in.getInt());
    }
    return new Head(name, highest, current, (flags & CONFIRMED) != 0, before, List.copyOf(kept));
  }

  private static Current current(String name, ByteBuffer in) throws IOException {
    int revision = in.getInt();
    String sha256 = text(in);
    boolean live = in.get() != 0;
    boolean hasOrigin = in.get() != 0;
    String origin = text(in);
    return new Current(
        name,
        revision,
        sha256,
        live,
        hasOrigin ? Optional.of(origin) : Optional.empty(),
        text(in),
        in.get() != 0,
        Instant.ofEpochSecond(in.getLong(), in.getInt()));
  }

  private static String text(ByteBuffer in) throws IOException {
    int from = in.position();
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new IOException("a text is longer than what is left");
    }
    byte[] bytes = new byte[Short.BYTES + length];
    in.position(from).get(bytes);
    String ascii = new String(bytes, Short.BYTES, length, StandardCharsets.UTF_8);
    // Most texts are nothing else, and reading so is much quicker while all this is not compiled.
    return ascii.length() == length && ascii.indexOf(REPLACED) < 0
        ? ascii
        : new DataInputStream(new ByteArrayInputStream(bytes)).readUTF();
  }
}
