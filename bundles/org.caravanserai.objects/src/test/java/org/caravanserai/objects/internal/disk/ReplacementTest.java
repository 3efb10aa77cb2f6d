package org.caravanserai.objects.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each single call of the disk fails once, or from then on: all files are old, or all are new. */
class ReplacementTest {

  @TempDir private Path parent;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<Path, byte[]> contents(Path root, String text, int count) {
    Map<Path, byte[]> contents = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      contents.put(root.resolve(i % 2 == 0 ? "a" : "b").resolve("f" + i), bytes(text + i));
    }
    return contents;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,2147483647", "2,1", "2,2147483647", "5,1", "5,2147483647"})
  void whicheverCallFailsAllAreOldOrAllAreNew(int count, int failures) throws IOException {
    boolean failed = true;
    for (int nth = 1; failed; nth++) {
      Path root = parent.resolve("n" + nth);
      FailingDisk disk = new FailingDisk();
      disk.makeFolder(root.resolve("a"));
      disk.makeFolder(root.resolve("b"));
      Replacement replacement = new Replacement(disk, root, root.resolve("a"));
      replacement.replace(contents(root, "old", count));
      disk.failFrom(nth, failures);
      boolean isDone;
      try {
        replacement.replace(contents(root, "new", count));
        isDone = true;
      } catch (IOException e) {
        isDone = false;
      }
      failed = disk.failed();
      disk.heal();
      // As another start would find it.
      new Replacement(disk, root, root.resolve("a")).finish();
      Map<String, Integer> found = new HashMap<>();
      for (Path file : contents(root, "", count).keySet()) {
        found.merge(Files.readString(file).substring(0, 3), 1, Integer::sum);
      }
      assertThat(found).as("call %d", nth).hasSize(1);
      if (isDone) {
        assertThat(found).as("call %d", nth).containsOnlyKeys("new");
      }
      replacement.replace(contents(root, "end", count));
      for (Map.Entry<Path, byte[]> each : contents(root, "end", count).entrySet()) {
        assertThat(each.getKey()).hasBinaryContent(each.getValue());
      }
      assertThat(root.resolve("a/.commit")).doesNotExist();
    }
  }

  @Test
  void filesAndFoldersAreForTheServersUserOnly() throws IOException {
    FileDisk disk = new FileDisk(1000);
    Path root = parent.resolve("x/private");
    disk.makeFolder(root);
    new Replacement(disk, root, root).replace(Map.of(root.resolve("f"), bytes("text")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("f"))))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    disk.makeFolder(root);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }
}
