package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.caravanserai.deploy.internal.store.Samples.append;
import static org.caravanserai.deploy.internal.store.Samples.bytes;
import static org.caravanserai.deploy.internal.store.Samples.compiled;
import static org.caravanserai.deploy.internal.store.Samples.content;
import static org.caravanserai.deploy.internal.store.Samples.current;
import static org.caravanserai.deploy.internal.store.Samples.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.caravanserai.deploy.internal.store.RevisionStore.Remembered;
import org.caravanserai.deploy.internal.store.RevisionStore.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionStoreTest {

  @TempDir Path parent;
  private Path folder;
  private RevisionStore store;

  @BeforeEach
  void open() throws IOException {
    folder = parent.resolve("a/revisions");
    store = Samples.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() throws IOException {
    store.close();
    store = Samples.open(folder);
  }

  private static Remembered live(Current current) {
    return new Remembered(current, true, Optional.empty());
  }

  @Test
  void remembersTheCurrentRevisionWithEverythingBesideIt() throws Exception {
    Current current =
        new Current(
            "hello",
            1,
            Sha256.of(bytes("one")),
            true,
            Optional.of("/a folder/with = and ü\n\ud800/hello.java"),
            "seen",
            true,
            Instant.parse("2026-01-02T03:04:05.678901234Z"));
    Write write = store.append(current, bytes("one"), bytes("compiled"));
    write.await();
    write.confirm();
    reopen();
    assertThat(store.load()).containsExactly(live(current));
    assertThat(store.content("hello", 1)).hasValue(bytes("one"));
    assertThat(store.compiled("hello", 1)).hasValue(bytes("compiled"));
    Current gone = current.from(Optional.empty(), "", false).gone("");
    store.update(gone);
    reopen();
    assertThat(store.load()).containsExactly(live(gone));
  }

  @Test
  void neverUsesANumberTwice() throws Exception {
    assertThat(store.next("hello")).isEqualTo(1);
    deploy(store, "hello", 1);
    assertThat(store.next("hello")).isEqualTo(2);
    deploy(store, "hello", 12);
    append(store, "hello", 13).revoke();
    store.update(current("hello", 12).gone(""));
    assertThat(store.next("hello")).isEqualTo(14);
    assertThatThrownBy(() -> append(store, "hello", 13))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hello rev 13");
    reopen();
    assertThat(store.next("hello")).isEqualTo(14);
    assertThat(store.revisions("hello")).containsExactly(1, 12);
  }

  @Test
  void aRevisionThatWasNotConfirmedIsCurrentAfterARestartAndTellsWhatWasBefore() throws Exception {
    deploy(store, "hello", 1);
    append(store, "hello", 2).await();
    reopen();
    Remembered unconfirmed =
        new Remembered(current("hello", 2), false, Optional.of(current("hello", 1)));
    assertThat(store.load()).containsExactly(unconfirmed);
    assertThat(store.compiled("hello", 1)).hasValue(compiled("hello", 1));
    assertThat(store.compiled("hello", 2)).hasValue(compiled("hello", 2));
  }

  @Test
  void anUpdateSettlesARevisionThatWasNotConfirmed() throws Exception {
    deploy(store, "a", 1);
    append(store, "a", 2).await();
    deploy(store, "b", 1);
    append(store, "b", 2).await();
    store.update(current("a", 2));
    store.update(current("b", 1));
    reopen();
    assertThat(store.load()).containsExactly(live(current("a", 2)), live(current("b", 1)));
    assertThat(store.revisions("a")).containsExactly(1, 2);
    assertThat(store.revisions("b")).containsExactly(1);
    assertThat(store.next("b")).isEqualTo(3);
  }

  @Test
  void aRefusedRevisionIsNotThere() throws Exception {
    append(store, "first", 1).revoke();
    deploy(store, "second", 1);
    append(store, "second", 2).revoke();
    reopen();
    assertThat(store.load()).containsExactly(live(current("second", 1)));
    assertThat(store.revisions("first")).isEmpty();
    assertThat(store.revisions("second")).containsExactly(1);
    assertThat(store.content("second", 2)).isEmpty();
    assertThat(store.next("first")).isEqualTo(2);
  }

  @Test
  void whatIsLiveCanNoLongerBeRefused() throws Exception {
    Write write = append(store, "hello", 1);
    write.await();
    write.confirm();
    write.revoke();
    assertThat(store.load()).containsExactly(live(current("hello", 1)));
  }

  @Test
  void keepsAsManyRevisionsAsItIsTold() throws Exception {
    store.close();
    store = RevisionStore.open(new FileDisk(), folder, Samples.tuning(100, 4096));
    for (int i = 1; i <= 250; i++) {
      deploy(store, "hello", i);
    }
    store.settle();
    assertThat(store.revisions("hello"))
        .isEqualTo(IntStream.rangeClosed(151, 250).boxed().toList());
    assertThat(store.content("hello", 150)).isEmpty();
    reopen();
    assertThat(store.content("hello", 250)).hasValue(content("hello", 250));
    assertThat(store.content("hello", 151)).hasValue(content("hello", 151));
  }

  @Test
  void neverForgetsTheCurrentRevisionNorTheOneBefore() throws Exception {
    store.close();
    store = RevisionStore.open(new FileDisk(), folder, Samples.tuning(1, 4096));
    deploy(store, "hello", 1);
    append(store, "hello", 2).await();
    append(store, "hello", 3).await();
    assertThat(store.revisions("hello")).containsExactly(1, 3);
    assertThat(store.load().get(0).before()).hasValue(current("hello", 1));
  }

  @Test
  void compactionKeepsEverythingLiveAndTheFolderSmall() throws Exception {
    deploy(store, "quiet", 1);
    deploy(store, "gone", 1);
    store.update(current("gone", 1).gone("x"));
    for (int i = 1; i <= 300; i++) {
      deploy(store, "busy", i);
      store.settle();
    }
    for (int round = 0; round < 2; round++) {
      assertThat(store.load())
          .containsExactly(
              live(current("busy", 300)),
              live(current("gone", 1).gone("x")),
              live(current("quiet", 1)));
      assertThat(store.content("quiet", 1)).hasValue(content("quiet", 1));
      assertThat(store.compiled("quiet", 1)).hasValue(compiled("quiet", 1));
      assertThat(store.content("gone", 1)).hasValue(content("gone", 1));
      assertThat(store.revisions("busy")).containsExactly(298, 299, 300);
      for (int each : store.revisions("busy")) {
        assertThat(store.content("busy", each)).hasValue(content("busy", each));
      }
      assertThat(store.compiled("busy", 299)).isEmpty();
      assertThat(size()).isLessThan(20_000);
      reopen();
    }
  }

  private long size() throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        size += Files.size(each);
      }
    }
    return size;
  }

  @Test
  void manyStartsLeaveFewFiles() throws Exception {
    for (int i = 1; i <= 40; i++) {
      deploy(store, "hello", i);
      reopen();
      store.settle();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSizeLessThan(10);
    }
    assertThat(store.load()).containsExactly(live(current("hello", 40)));
  }

  @Test
  void takesWhatIsLargerThanASegmentAndWhatIsEmpty() throws Exception {
    byte[] large = new byte[3_000_000];
    large[2_999_999] = 1;
    store.append(current("large", 1), large, new byte[0]).await();
    store.append(current("empty", 1), new byte[0], new byte[0]).await();
    reopen();
    assertThat(store.content("large", 1)).hasValue(large);
    assertThat(store.compiled("large", 1)).hasValue(new byte[0]);
    assertThat(store.content("empty", 1)).hasValue(new byte[0]);
  }

  @Test
  void oneThatCantBeWrittenDoesNotRefuseTheOthers() throws Exception {
    Current impossible = current("b", 1).from(Optional.of("x".repeat(70_000)), "", false);
    Write a = append(store, "a", 1);
    Write b = store.append(impossible, bytes("b"), bytes("b"));
    Write c = append(store, "c", 1);
    a.await();
    assertThatThrownBy(b::await).isInstanceOf(IOException.class);
    c.await();
    reopen();
    assertThat(store.load()).extracting(each -> each.current().name()).containsExactly("a", "c");
  }

  @Test
  void isOpenedByOneAtATime() throws Exception {
    assertThatThrownBy(() -> Samples.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use by another server");
    reopen();
  }

  @Test
  void anotherProcessIsRefusedToo() throws Exception {
    store.close();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process holder =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('!');
      assertThatThrownBy(() -> Samples.open(folder)).hasMessageContaining("in use by another");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    store = Samples.open(folder);
    assertThat(store.load()).containsExactly(live(current("held", 1)));
  }

  /** Opens a store, writes to it, tells so, and stays. */
  static final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
      RevisionStore held = Samples.open(Path.of(arguments[0]));
      append(held, "held", 1).await();
      held.update(current("held", 1));
      System.out.write('!');
      System.out.flush();
      System.in.read();
      held.close();
    }
  }

  @Test
  void afterItsEndNothingIsTaken() throws Exception {
    store.close();
    store.close();
    Write write = append(store, "hello", 1);
    assertThatThrownBy(write::await).hasMessageContaining("closed");
    assertThatThrownBy(() -> store.update(current("hello", 1))).hasMessageContaining("closed");
  }

  @Test
  void onlyItsOwnerCanReadIt() throws Exception {
    deploy(store, "hello", 1);
    store.close();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    store = Samples.open(folder);
    deploy(store, "hello", 2);
    assertThat(mode(folder)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).hasSizeGreaterThan(2).allMatch(f -> mode(f).equals("rw-------"));
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesWhatALaterReleaseWrote() throws Exception {
    deploy(store, "hello", 1);
    store.close();
    ByteBuffer header = Segment.header(1).putInt(8, Segment.VERSION + 1);
    header.putInt(16, Segment.headerCrc(header));
    Path log = folder.resolve("00000001.log");
    byte[] bytes = Files.readAllBytes(log);
    header.get(bytes, 0, Segment.HEADER);
    Files.write(log, bytes);
    assertThatThrownBy(() -> Samples.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("00000001.log")
        .hasMessageContaining("later release");
  }

  @Test
  void goesOnByItselfWhenNobodyTellsItTo() throws Exception {
    store.close();
    store = RevisionStore.open(folder, 3);
    deploy(store, "hello", 1);
    Path log = folder.resolve("00000001.log");
    await().untilAsserted(() -> assertThat(Files.size(log)).isGreaterThan(1 << 20));
    store.close();
    store = RevisionStore.open(folder, 3);
    assertThat(store.load()).containsExactly(live(current("hello", 1)));
  }

  @Test
  void readsWhileCompactionMovesWhatIsRead() throws Exception {
    deploy(store, "hello", 1);
    List<Thread> readers =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            while (store.next("busy") <= 200) {
                              assertThat(store.content("hello", 1)).hasValue(content("hello", 1));
                            }
                          } catch (IOException | AssertionError e) {
                            failure = e;
                          }
                        }))
            .toList();
    readers.forEach(Thread::start);
    for (int i = 1; i <= 200; i++) {
      deploy(store, "busy", i);
      store.settle();
    }
    for (Thread each : readers) {
      each.join();
    }
    assertThat(failure).isNull();
  }

  private volatile Throwable failure;

  @Test
  void hashesAsSha256Does() {
    assertThat(Sha256.of(bytes("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
