package org.caravanserai.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavesTest {

  @TempDir private Path folder;
  private Path source;
  private FilesSeen before;

  @BeforeEach
  void aSourceIsThere() throws IOException {
    source = Files.createDirectories(folder.resolve("src/com")).resolve("A.java");
    Files.writeString(source, "one");
    before = look();
  }

  @Test
  void nothingSavedIsNothingChanged() {
    assertThat(look().changedSince(before)).isEmpty();
  }

  @Test
  void aFileWrittenInPlaceIsSeen() throws IOException {
    Files.writeString(source, "three");
    assertThat(look().changedSince(before)).containsExactly(source);
  }

  @Test
  void aFilePutThereByARenameIsSeenThoughTimeAndLengthAreTheSame() throws IOException {
    FileTime time = Files.getLastModifiedTime(source);
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, source, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertThat(look().changedSince(before)).containsExactly(source);
  }

  @Test
  void aNewFileInANewFolderIsSeenAndOneThatIsGone() throws IOException {
    Path added = Files.createDirectories(folder.resolve("src/com/acme")).resolve("B.java");
    Files.writeString(added, "");
    Files.delete(source);
    assertThat(look().changedSince(before)).containsExactlyInAnyOrder(added, source);
  }

  @Test
  void hiddenFilesAndFoldersDoNotCount() throws IOException {
    Files.writeString(folder.resolve("src/com/.A.java.swp"), "");
    Files.writeString(Files.createDirectories(folder.resolve("src/.idea")).resolve("x"), "");
    assertThat(look().changedSince(before)).isEmpty();
  }

  @Test
  void aHiddenProjectIsWatchedAllTheSame() throws IOException {
    Path root = Files.createDirectories(folder.resolve(".work"));
    Path file = Files.writeString(root.resolve("A.java"), "");
    assertThat(FilesSeen.in(List.of(root)).files()).containsOnlyKeys(file);
  }

  @Test
  void waitingEndsWithAllThatWasSavedSinceTheLastTime() throws Exception {
    Path objects = folder.resolve("serai.yaml");
    Saves saves = new Saves(List.of(folder.resolve("src"), objects));
    Files.writeString(objects, "security: []");
    assertThat(awaited(saves)).containsExactly(objects);

    CompletableFuture<Set<Path>> waiting = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(waiting, saves));
    thread.start();
    Files.writeString(source, "four");
    assertThat(waiting.get(60, TimeUnit.SECONDS)).containsExactly(source);
    thread.join();
  }

  private static Set<Path> awaited(Saves saves) throws Exception {
    CompletableFuture<Set<Path>> waiting = new CompletableFuture<>();
    complete(waiting, saves);
    return waiting.get();
  }

  private static void complete(CompletableFuture<Set<Path>> waiting, Saves saves) {
    try {
      waiting.complete(saves.await());
    } catch (InterruptedException e) {
      waiting.completeExceptionally(e);
    }
  }

  private FilesSeen look() {
    return FilesSeen.in(List.of(folder.resolve("src"), folder.resolve("not-there")));
  }
}
