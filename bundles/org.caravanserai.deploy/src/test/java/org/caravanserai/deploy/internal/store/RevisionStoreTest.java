package org.caravanserai.deploy.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionStoreTest {

  @TempDir Path folder;
  private RevisionStore store;

  @BeforeEach
  void open() throws IOException {
    store = new RevisionStore(folder.resolve("a/revisions"), 3);
  }

  @Test
  void remembersTheCurrentRevisionWithEverythingBesideIt() throws Exception {
    Current current =
        new Current(
            "hello",
            1,
            Sha256.of(bytes("one")),
            true,
            Optional.of("/a folder/with = and ü\n/hello.java"),
            "seen",
            true,
            Instant.parse("2026-01-02T03:04:05.678Z"));
    store.append(current, bytes("one"));
    assertThat(reopened().load()).containsExactly(current);
    assertThat(reopened().source("hello", 1)).hasValue(bytes("one"));
    store.update(current.gone(""));
    assertThat(reopened().load()).containsExactly(current.gone(""));
  }

  @Test
  void neverUsesANumberTwice() throws Exception {
    assertThat(store.next("hello")).isEqualTo(1);
    store.append(current(1), bytes("one"));
    assertThat(store.next("hello")).isEqualTo(2);
    store.append(current(12), bytes("twelve"));
    assertThat(store.next("hello")).isEqualTo(13);
    assertThat(reopened().revisions("hello")).containsExactly(1, 12);
  }

  @Test
  void forgetsTheOldestButNeverTheCurrent() throws Exception {
    for (int i = 1; i <= 6; i++) {
      store.append(current(i), bytes("" + i));
    }
    store.prune("hello", 2);
    assertThat(store.revisions("hello")).containsExactly(2, 4, 5, 6);
    assertThat(store.source("hello", 1)).isEmpty();
  }

  @Test
  void doesNotMindWhatACrashLeftBehind() throws Exception {
    store.append(current(1), bytes("one"));
    Path of = folder.resolve("a/revisions/hello");
    Files.write(of.resolve("2.java.tmp"), bytes("tw"));
    Files.write(of.resolve("current.tmp"), bytes("rev"));
    assertThat(reopened().load()).containsExactly(current(1));
    assertThat(store.next("hello")).isEqualTo(2);
    store.append(current(2), bytes("two"));
    assertThat(store.source("hello", 2)).hasValue(bytes("two"));
  }

  @Test
  void doesNotUseTheNumberOfARevisionThatDidNotBecomeCurrent() throws Exception {
    store.append(current(1), bytes("one"));
    Files.write(folder.resolve("a/revisions/hello/2.java"), bytes("two"));
    assertThat(reopened().load()).containsExactly(current(1));
    assertThat(reopened().next("hello")).isEqualTo(3);
  }

  @Test
  void skipsWhatItCannotRead() throws Exception {
    store.append(current(1), bytes("one"));
    Files.createDirectories(folder.resolve("a/revisions/empty"));
    Path broken = Files.createDirectories(folder.resolve("a/revisions/broken"));
    Files.write(broken.resolve("current"), new byte[] {'a', '\\', 'u', 'x', 0, (byte) 0xFF});
    Path partial = Files.createDirectories(folder.resolve("a/revisions/partial"));
    Files.writeString(partial.resolve("current"), "revision=1\nlive=true\n");
    Files.writeString(folder.resolve("a/revisions/stray"), "");
    assertThat(reopened().load()).containsExactly(current(1));
  }

  @Test
  void hashesAsSha256Does() {
    assertThat(Sha256.of(bytes("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void takesNamesThatAreNamesOfBundlesAndFiles() {
    assertThat(new String[] {"a", "Hello", "com.acme.hello-world_2", "x".repeat(100)})
        .allMatch(DeploymentName::isValid);
    assertThat(new String[] {"", ".", "a..b", "a/b", ".a", "a.", "x".repeat(101), "a\n"})
        .noneMatch(DeploymentName::isValid);
    assertThat(IntStream.range(0, 0x3000).filter(c -> DeploymentName.isValid("a" + (char) c + "b")))
        .hasSize(26 + 26 + 10 + 3);
  }

  private RevisionStore reopened() throws IOException {
    return new RevisionStore(folder.resolve("a/revisions"), 3);
  }

  private static Current current(int revision) {
    return new Current("hello", revision, "hash", true, Optional.empty(), "", false, Instant.EPOCH);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
