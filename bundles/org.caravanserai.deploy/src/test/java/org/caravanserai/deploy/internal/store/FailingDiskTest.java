package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.caravanserai.deploy.internal.store.Samples.append;
import static org.caravanserai.deploy.internal.store.Samples.content;
import static org.caravanserai.deploy.internal.store.Samples.current;
import static org.caravanserai.deploy.internal.store.Samples.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.deploy.internal.store.RevisionStore.Remembered;
import org.caravanserai.deploy.internal.store.RevisionStore.Write;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each single call of the disk fails once, or for a while, or from then on. */
class FailingDiskTest {

  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir Path parent;

  /** What has been answered: the revision that must be there, and those that may be. */
  private static final class Answered {
    private final Map<String, Integer> sure = new HashMap<>();
    private final Map<String, Boolean> live = new HashMap<>();

    void is(String name, int revision, boolean isLive) {
      sure.put(name, revision);
      live.put(name, isLive);
    }

    void check(RevisionStore store) throws IOException {
      Map<String, Remembered> found = new HashMap<>();
      store.load().forEach(each -> found.put(each.current().name(), each));
      for (String name : NAMES) {
        Remembered each = found.get(name);
        Integer revision = sure.get(name);
        if (revision == null) {
          assertThat(each).as(name).isNull();
          continue;
        }
        assertThat(each).as(name).isNotNull();
        assertThat(each.current().revision()).isEqualTo(revision);
        assertThat(each.current().live()).isEqualTo(live.get(name));
        assertThat(store.revisions(name)).contains(revision).hasSizeLessThanOrEqualTo(3);
        for (int kept : store.revisions(name)) {
          assertThat(store.content(name, kept)).hasValue(content(name, kept));
        }
        assertThat(store.next(name)).isGreaterThan(revision);
      }
    }
  }

  /** Deployments, refusals and changes over several segments, with compaction between them. */
  private static void scenario(RevisionStore store, Answered answered) {
    for (int round = 0; round < 8; round++) {
      for (String name : NAMES) {
        int revision = store.next(name);
        Write write = append(store, name, revision);
        try {
          write.await();
        } catch (IOException e) {
          continue;
        }
        if (round % 4 == 2 && name.equals("b")) {
          try {
            write.revoke();
          } catch (IOException e) {
            // It holds until the end, and is written when the disk is there again.
          }
          continue;
        }
        write.confirm();
        answered.is(name, revision, true);
      }
      if (round % 3 == 1 && answered.sure.containsKey("c")) {
        int revision = answered.sure.get("c");
        try {
          store.update(current("c", revision).gone(""));
          answered.is("c", revision, false);
        } catch (IOException e) {
          // As it was.
        }
      }
      try {
        store.settle();
      } catch (IOException e) {
        // Tried again in the next round.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000_000})
  void whicheverCallFailsTheStoreGoesOnAndNothingAnsweredIsLost(int failures) throws Exception {
    int nth = 1;
    boolean failed = true;
    while (failed) {
      Path folder = parent.resolve("n" + nth);
      FailingDisk disk = new FailingDisk();
      Answered answered = new Answered();
      RevisionStore store = Samples.open(disk, folder);
      try {
        disk.failFrom(nth, failures);
        scenario(store, answered);
        failed = disk.failed();
        crashed(folder, answered, store);
        disk.heal();
        answered.check(store);
        for (String name : NAMES) {
          int revision = store.next(name);
          deploy(store, name, revision);
          answered.is(name, revision, true);
        }
        store.settle();
        answered.check(store);
      } catch (AssertionError | IOException e) {
        throw new AssertionError("call " + nth + " failed", e);
      } finally {
        store.close();
      }
      try (RevisionStore reopened = Samples.open(folder)) {
        answered.check(reopened);
        assertThat(reopened.load()).allMatch(Remembered::confirmed);
      }
      nth++;
    }
    assertThat(nth).isGreaterThan(100);
  }

  /**
   * What another start would find if the server ended now, with the disk still failing. What was
   * not answered may be there or not; what was must be.
   */
  private void crashed(Path folder, Answered answered, RevisionStore store) throws IOException {
    Path copy = parent.resolve("copy");
    try (Stream<Path> files = Files.list(folder)) {
      Files.createDirectory(copy);
      for (Path each : files.filter(file -> !file.endsWith("lock")).toList()) {
        Files.copy(each, copy.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (RevisionStore found = Samples.open(copy)) {
      Map<String, Remembered> byName = new HashMap<>();
      found.load().forEach(each -> byName.put(each.current().name(), each));
      for (Map.Entry<String, Integer> each : answered.sure.entrySet()) {
        String name = each.getKey();
        Remembered remembered = byName.get(name);
        assertThat(remembered).as(name).isNotNull();
        int sure = each.getValue();
        boolean isIt = remembered.current().revision() == sure;
        Optional<Integer> before = remembered.before().map(Current::revision);
        assertThat(isIt || (!remembered.confirmed() && before.equals(Optional.of(sure))))
            .as("%s: %s, answered %s", name, remembered, sure)
            .isTrue();
        assertThat(found.content(name, sure)).hasValue(content(name, sure));
        int current = remembered.current().revision();
        assertThat(found.content(name, current)).hasValue(content(name, current));
        assertThat(found.next(name)).isLessThanOrEqualTo(store.next(name));
      }
    }
    try (Stream<Path> files = Files.list(copy)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(copy);
  }

  @Test
  void whicheverCallFailsAtTheStartTheNextStartIsAsIfItHadNotBeen() throws Exception {
    Path folder = parent.resolve("store");
    Answered answered = new Answered();
    try (RevisionStore store = Samples.open(folder)) {
      scenario(store, answered);
    }
    FailingDisk disk = new FailingDisk();
    boolean failed = true;
    for (int nth = 1; failed; nth++) {
      disk.failFrom(nth, 1);
      try (RevisionStore store = Samples.open(disk, folder)) {
        answered.check(store);
      } catch (IOException e) {
        assertThat(disk.failed()).isTrue();
      }
      failed = disk.failed();
      try (RevisionStore store = Samples.open(folder)) {
        answered.check(store);
      }
    }
  }

  @Test
  void whatDidNotReachTheDiskIsWrittenBySelfWhenTheDiskIsThereAgain() throws Exception {
    Path folder = parent.resolve("store");
    FailingDisk disk = new FailingDisk();
    Duration soon = Duration.ofMillis(5);
    Tuning tuning = new Tuning(3, 1 << 20, 512, 700, soon, soon, soon);
    try (RevisionStore store = RevisionStore.open(disk, folder, tuning)) {
      deploy(store, "a", 1);
      Write write = append(store, "a", 2);
      write.await();
      disk.failFrom(1, 1_000_000);
      assertThatThrownBy(write::revoke).isInstanceOf(IOException.class);
      assertThat(store.load().get(0).current()).isEqualTo(current("a", 1));
      assertThatThrownBy(append(store, "b", 1)::await).isInstanceOf(IOException.class);
      disk.heal();
      await()
          .untilAsserted(
              () -> {
                Path copy = Files.createDirectories(parent.resolve("copy"));
                try (Stream<Path> files = Files.list(folder)) {
                  for (Path each : files.filter(file -> !file.endsWith("lock")).toList()) {
                    Files.copy(
                        each,
                        copy.resolve(each.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
                  }
                }
                try (RevisionStore found = Samples.open(copy)) {
                  assertThat(found.load().get(0).current()).isEqualTo(current("a", 1));
                  assertThat(found.next("b")).isEqualTo(2);
                }
              });
    }
  }
}
