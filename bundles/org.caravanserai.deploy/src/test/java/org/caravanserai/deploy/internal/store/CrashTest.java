package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.deploy.internal.store.Samples.append;
import static org.caravanserai.deploy.internal.store.Samples.content;
import static org.caravanserai.deploy.internal.store.Samples.current;
import static org.caravanserai.deploy.internal.store.Samples.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.caravanserai.deploy.internal.store.RevisionStore.Remembered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment of which only a part reached the disk, or of which the disk gives other bytes. */
class CrashTest {

  @TempDir Path parent;
  private Path folder;
  private Path log;

  /** What is remembered, by the length of the segment that has it. */
  private final TreeMap<Integer, List<Remembered>> states = new TreeMap<>();

  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    folder = parent.resolve("store");
    log = folder.resolve("00000001.log");
    states.put(0, List.of());
    Tuning tuning = Samples.tuning(3, 1 << 20);
    try (RevisionStore store = RevisionStore.open(new FileDisk(), folder, tuning)) {
      deploy(store, "a", 1);
      noted(store);
      append(store, "a", 2).await();
      noted(store);
      RevisionStore.Write refused = append(store, "b", 1);
      refused.await();
      noted(store);
      refused.revoke();
      noted(store);
      store.update(current("a", 2).gone("x"));
      noted(store);
      deploy(store, "b", 2);
      noted(store);
    }
    whole = Files.readAllBytes(log);
  }

  /** The end of the awaited frame is where the file ends: there is no room ahead yet. */
  private void noted(RevisionStore store) throws IOException {
    states.put((int) Files.size(log), store.load());
  }

  private void check(byte[] file, int good) throws IOException {
    Files.write(log, file);
    try (RevisionStore store = Samples.open(folder)) {
      List<Remembered> awaited = states.floorEntry(good).getValue();
      for (Remembered each : awaited) {
        if (!each.confirmed() && each.before().isEmpty()) {
          continue; // refused by the next frame, which may be there too
        }
        String name = each.current().name();
        assertThat(store.load())
            .anySatisfy(
                found -> {
                  assertThat(found.current().name()).isEqualTo(name);
                  assertThat(found.current().revision())
                      .isGreaterThanOrEqualTo(each.current().revision());
                });
      }
      assertThat(states.values().stream().map(CrashTest::settled)).contains(settled(store.load()));
      checkContents(store);
    }
    try (RevisionStore again = Samples.open(folder)) {
      checkContents(again);
      int next = again.next("a");
      deploy(again, "a", next);
      assertThat(again.content("a", next)).hasValue(content("a", next));
    }
    Samples.clear(folder);
  }

  /** A confirmation is not awaited, so it may be there or not. */
  private static List<Current> settled(List<Remembered> remembered) {
    return remembered.stream().map(Remembered::current).toList();
  }

  private static void checkContents(RevisionStore store) throws IOException {
    for (Remembered each : store.load()) {
      String name = each.current().name();
      assertThat(store.revisions(name)).contains(each.current().revision());
      for (int kept : store.revisions(name)) {
        assertThat(store.content(name, kept)).hasValue(content(name, kept));
      }
    }
  }

  @Test
  void atEachByteItOpensWithAllThatWasAnswered() throws Exception {
    for (int length = 0; length <= whole.length; length++) {
      check(Arrays.copyOf(whole, length), length);
    }
  }

  @Test
  void soItDoesWithZerosOrGarbageBehind() throws Exception {
    Random random = new Random(1);
    for (int length = 0; length <= whole.length; length += 7) {
      check(Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 3000), length);
      byte[] garbage = Arrays.copyOf(whole, whole.length + 100);
      if (length >= Segment.HEADER) {
        for (int i = length; i < garbage.length; i++) {
          garbage[i] = (byte) random.nextInt();
        }
        check(garbage, length);
      }
    }
  }

  @Test
  void aFlippedBitLosesAtMostItsFrameAndNeverGivesWrongBytes() throws Exception {
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      Files.write(log, flipped);
      try (RevisionStore store = Samples.open(folder)) {
        int there = 0;
        for (String name : List.of("a", "b")) {
          for (int kept : store.revisions(name)) {
            assertThat(store.content(name, kept)).hasValue(content(name, kept));
            there++;
          }
        }
        assertThat(there).as("byte %d", at).isGreaterThanOrEqualTo(1);
        assertThat(store.next("a")).isGreaterThanOrEqualTo(3);
      }
      Samples.clear(folder);
    }
  }

  @Test
  void whatWasFlippedInAnOldSegmentIsNeverGivenOutAndIsPutAside() throws Exception {
    int at = index(whole, content("a", 1));
    whole[at] ^= 1;
    Files.write(log, whole);
    Tuning tuning = Samples.tuning(3, 2048);
    try (RevisionStore store = RevisionStore.open(new FileDisk(), folder, tuning)) {
      for (int i = 3; i < 40; i++) {
        deploy(store, "c", i);
        store.settle();
      }
      assertThat(store.content("a", 1)).isEmpty();
      assertThat(store.content("a", 2)).hasValue(content("a", 2));
    }
    assertThat(folder.resolve("00000001.log")).doesNotExist();
    assertThat(folder.resolve("00000001.log.damaged")).hasBinaryContent(whole);
  }

  @Test
  void aFrameInsideAContentIsNone() throws Exception {
    Samples.clear(folder);
    try (RevisionStore store = Samples.open(folder)) {
      store.append(current("c", 1), whole, new byte[0]).await();
    }
    Path second = folder.resolve("00000001.log");
    byte[] bytes = Files.readAllBytes(second);
    bytes[Segment.HEADER] ^= 1;
    Files.write(second, bytes);
    try (RevisionStore store = Samples.open(folder)) {
      assertThat(store.load()).isEmpty();
    }
  }

  private static int index(byte[] in, byte[] of) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(in, i, i + of.length, of, 0, of.length)) {
        return i;
      }
    }
  }
}
