package org.caravanserai.deploy.internal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Revisions for tests, and stores that do nothing by themselves. */
final class Samples {

  private Samples() {}

  /** Small segments; what the store does in quiet moments is done when a test settles it. */
  static Tuning tuning(int kept, int segment) {
    Duration never = Duration.ofDays(1);
    return new Tuning(kept, segment, 512, 700, never, never, never);
  }

  static RevisionStore open(Path folder) throws IOException {
    return open(new FileDisk(), folder);
  }

  static RevisionStore open(Disk disk, Path folder) throws IOException {
    return RevisionStore.open(disk, folder, tuning(3, 2048));
  }

  static Current current(String name, int revision) {
    return new Current(
        name,
        revision,
        Sha256.of(content(name, revision)),
        true,
        Optional.of("/folder/" + name),
        "seen",
        false,
        Instant.ofEpochSecond(revision, 789));
  }

  /** What is deployed as that revision: 0 to 400 bytes, always the same. */
  static byte[] content(String name, int revision) {
    Random random = new Random(name.hashCode() * 31L + revision);
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] compiled(String name, int revision) {
    return Arrays.copyOf(content(name, -revision), 60);
  }

  static RevisionStore.Write append(RevisionStore store, String name, int revision) {
    return store.append(current(name, revision), content(name, revision), compiled(name, revision));
  }

  static void deploy(RevisionStore store, String name, int revision) throws IOException {
    RevisionStore.Write write = append(store, name, revision);
    write.await();
    write.confirm();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Deletes what is in a folder. */
  static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
  }
}
