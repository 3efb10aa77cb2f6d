package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.caravanserai.deploy.internal.store.Directory.Body;
import org.caravanserai.deploy.internal.store.Directory.Kind;
import org.caravanserai.deploy.internal.store.Disk.DiskFile;

/** Whatever lies on the disk is read, or refused in the documented way, and takes its own size. */
class FrameProperties {

  private static final int SEGMENT = 7;

  /** A byte that was written where another one should be. */
  private record Change(int at, byte to) {}

  @Property
  void aDirectoryIsReadAsItWasWritten(@ForAll("directories") Directory directory)
      throws IOException {
    assertThat(Directory.decoded(directory.encoded())).isEqualTo(directory);
  }

  @Property
  void anyBytesAreADirectoryOrRefused(@ForAll byte[] bytes) throws Exception {
    bounded(bytes.length, () -> decodedOrRefused(bytes));
  }

  @Property(tries = 3000)
  void aChangedDirectoryIsADirectoryOrRefused(
      @ForAll("directories") Directory directory,
      @ForAll("changes") List<Change> changes,
      @ForAll @IntRange(max = 400) int length)
      throws Exception {
    byte[] bytes = directory.encoded();
    byte[] changed = Arrays.copyOf(changed(bytes, changes), Math.max(length, bytes.length - 40));
    bounded(changed.length, () -> decodedOrRefused(changed));
  }

  @Property
  void anyBytesAreASegmentOrRefused(@ForAll byte[] bytes, @ForAll boolean full) throws Exception {
    bounded(bytes.length, () -> scannedOrRefused(bytes, full));
  }

  @Property(tries = 3000)
  void ofAChangedSegmentOnlyWhatWasWrittenIsFound(
      @ForAll("segments") List<Directory> written,
      @ForAll("changes") List<Change> changes,
      @ForAll @IntRange(max = 2000) int cut,
      @ForAll boolean full)
      throws Exception {
    byte[] whole = segment(written);
    assertThat(scannedOrRefused(whole, full)).isEqualTo(sealed(written));
    byte[] changed = changed(whole, changes);
    byte[] bytes = Arrays.copyOf(changed, Math.max(changed.length - cut, changed.length / 2));
    List<Directory> found = new ArrayList<>();
    bounded(bytes.length, () -> found.addAll(scannedOrRefused(bytes, full)));
    assertThat(sealed(written)).containsAll(found);
  }

  private static boolean decodedOrRefused(byte[] bytes) {
    try {
      return Directory.decoded(bytes).bodiesLength() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Directory> scannedOrRefused(byte[] bytes, boolean full) {
    List<Directory> found = new ArrayList<>();
    try {
      SegmentScan.scan(
          new Bytes(bytes),
          SEGMENT,
          full,
          new SegmentScan.Visitor() {
            @Override
            public void frame(Directory directory, long bodies) {
              assertThat(bodies + directory.bodiesLength()).isBetween(0L, (long) bytes.length);
              found.add(directory);
            }

            @Override
            public void damage(long from, long to) {
              assertThat(from).isBetween(0L, to);
              assertThat(to).isLessThanOrEqualTo(bytes.length);
            }
          });
    } catch (IOException e) {
      // A changed header may tell of a later release.
      found.clear();
    }
    return found;
  }

  /** What is read must not take more memory than its length gives reason for. */
  private static void bounded(int length, Callable<?> work) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.call();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(1_000_000 + 200L * length);
  }

  private static byte[] changed(byte[] bytes, List<Change> changes) {
    byte[] changed = bytes.clone();
    for (Change each : changes) {
      if (changed.length > 0) {
        changed[each.at() % changed.length] = each.to();
      }
    }
    return changed;
  }

  /** The frames as they are found: with bodies that are zeros, and their checksums. */
  private static List<Directory> sealed(List<Directory> written) {
    return written.stream().map(each -> frame(each).directory()).toList();
  }

  private static Frame frame(Directory directory) {
    Frame frame = new Frame(directory.sequence());
    for (Body each : directory.bodies()) {
      frame.add(each.kind(), each.name(), each.revision(), new byte[each.length() % 3000]);
    }
    directory.heads().forEach(frame::add);
    return frame;
  }

  private static byte[] segment(List<Directory> written) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20).put(Segment.header(SEGMENT));
    for (Directory each : written) {
      ByteBuffer frame = frame(each).encoded();
      Frame.seal(frame, SEGMENT, bytes.position());
      bytes.put(frame);
    }
    // Room that was made ahead.
    return Arrays.copyOf(bytes.array(), bytes.position() + 500);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 400), Arbitraries.integers().greaterOrEqual(0)),
            Arbitraries.oneOf(
                Arbitraries.bytes(), Arbitraries.of((byte) 0, (byte) 127, (byte) 128, (byte) -1)))
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<Directory>> segments() {
    return directories().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Directory> directories() {
    return Combinators.combine(
            Arbitraries.longs(), bodies().list().ofMaxSize(4), heads().list().ofMaxSize(4))
        .as(Directory::new);
  }

  private static Arbitrary<Body> bodies() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            names(),
            Arbitraries.integers(),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.integers())
        .as(Body::new);
  }

  private static Arbitrary<Head> heads() {
    return Combinators.combine(
            names(),
            Arbitraries.integers(),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.integers().list().ofMaxSize(5))
        .as(
            (name, highest, current, before, confirmed, kept) ->
                new Head(
                    name,
                    highest,
                    current ? Optional.of(current(name, highest)) : Optional.empty(),
                    confirmed,
                    before ? Optional.of(current(name, highest - 1)) : Optional.empty(),
                    kept));
  }

  private static Current current(String name, int revision) {
    return new Current(
        name,
        revision,
        "hash of " + name,
        revision % 2 == 0,
        revision % 3 == 0 ? Optional.of("/folder/" + name) : Optional.empty(),
        "seen",
        revision % 5 == 0,
        Instant.ofEpochSecond(revision, 999_999_999));
  }

  /** Of all planes of Unicode, half characters too. */
  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().alpha().numeric().ofMaxLength(20),
        Arbitraries.of("", "\0", "grün", "\uD83D\uDC2A", "\uDC2A.", "\uFFFD", "x".repeat(300)));
  }

  /** A file in memory. */
  private record Bytes(byte[] bytes) implements DiskFile {

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(ByteBuffer into, long at) {
      if (at >= bytes.length) {
        return -1;
      }
      int count = Math.min(into.remaining(), bytes.length - (int) at);
      into.put(bytes, (int) at, count);
      return count;
    }

    @Override
    public void write(ByteBuffer from, long at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }
  }
}
