package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.ObjectInfo;
import org.caravanserai.objects.internal.disk.FailingDisk;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each single call of the disk fails during an import: all of it is there afterwards, or none. */
class FailingStoreTest {

  private static final String BEFORE =
      "lock: [{name: l, code: first}]\ndoor: [{name: a, place: A}]";
  private static final String AFTER =
      "lock: [{name: l, code: second}]\ndoor: [{name: a, place: A2}, {name: b, place: B}]";

  @TempDir private Path parent;

  private final List<String> events = TestKind.events();

  /** A server whose looking at the store does not come between the calls that are counted. */
  private ObjectKernel start(
      FailingDisk disk, Path data, TestKind<Lock> locks, TestKind<Door> doors) throws IOException {
    KernelSettings settings =
        new KernelSettings(
            Set.of(),
            new YamlLimits(100_000, 50, 50),
            new Backoff(Duration.ofHours(1), Duration.ofHours(1)),
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofHours(1),
            List.of());
    ObjectKernel kernel =
        new ObjectKernel(
            settings,
            name -> null,
            path -> true,
            Storage.open(disk, data, Map.of(), Optional.empty()));
    kernel.kindCame(locks);
    kernel.kindCame(doors);
    await().until(() -> kernel.reason().isEmpty());
    return kernel;
  }

  private static void bring(ObjectKernel kernel, String yaml) {
    kernel.importYaml(yaml.getBytes(StandardCharsets.UTF_8), false, true);
  }

  private static String state(ObjectKernel kernel, TestKind<Lock> locks, TestKind<Door> doors) {
    return kernel.list().stream().map(ObjectInfo::name).toList()
        + " "
        + locks.taken.get("l").code()
        + " "
        + doors.taken.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Integer.MAX_VALUE})
  void whicheverCallFailsAllOfAnImportIsThereOrNone(int failures) throws IOException {
    boolean failed = true;
    int nth = 1;
    for (; failed; nth++) {
      Path data = parent.resolve("n" + nth);
      FailingDisk disk = new FailingDisk();
      TestKind<Lock> locks = TestKind.locks(events);
      TestKind<Door> doors = TestKind.doors(events);
      ObjectKernel kernel = start(disk, data, locks, doors);
      bring(kernel, BEFORE);
      disk.failFrom(nth, failures);
      boolean isDone;
      try {
        bring(kernel, AFTER);
        isDone = true;
      } catch (UncheckedIOException e) {
        isDone = false;
      }
      failed = disk.failed();
      disk.heal();
      String wanted = isDone ? "[a, b, l] second [A2, B]" : "[a, l] first [A]";
      assertThat(state(kernel, locks, doors)).as("call %d", nth).isEqualTo(wanted);
      kernel.close();
      kernel = start(disk, data, locks, doors);
      assertThat(state(kernel, locks, doors)).as("call %d, restarted", nth).isEqualTo(wanted);
      bring(kernel, AFTER);
      assertThat(state(kernel, locks, doors)).isEqualTo("[a, b, l] second [A2, B]");
      kernel.close();
    }
    assertThat(nth).isGreaterThan(10);
  }

  @Test
  void aServerWithoutItsKeyIsNotReadyAndSaysWhy() throws IOException {
    Path data = parent.resolve("unusable");
    TestKind<Door> doors = TestKind.doors(events);
    ObjectKernel kernel =
        new ObjectKernel(
            TestStorage.settings(Set.of()),
            name -> null,
            path -> true,
            Storage.unusable(data, "the key is lost"));
    kernel.kindCame(doors);
    await().until(() -> kernel.reason().equals(Optional.of("the key is lost")));
    kernel.deploy("/x/serai.yaml", "door: [{name: a, place: A}]".getBytes(StandardCharsets.UTF_8));
    assertThat(doors.taken).containsKey("A");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> bring(kernel, "door: [{name: b, place: B}]"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the key is lost");
    kernel.close();
  }
}
