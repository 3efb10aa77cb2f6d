package org.caravanserai.objects.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.objects.internal.disk.FileDisk;
import org.caravanserai.objects.internal.yaml.YamlLimits;

/** Settings and a store for tests. */
final class TestStorage {

  private TestStorage() {}

  static KernelSettings settings(Set<String> required, Path... imports) {
    return new KernelSettings(
        required,
        new YamlLimits(100_000, 50, 50),
        new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)),
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        Duration.ofMillis(10),
        List.of(imports));
  }

  static Storage open(Path data) throws IOException {
    return Storage.open(new FileDisk(100_000), data, Map.of(), Optional.empty());
  }
}
