package org.caravanserai.deploy.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.deploy.FileCondition;
import org.caravanserai.deploy.internal.engine.FileEdit;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.deploy.internal.watch.AtomicFile;
import org.caravanserai.deploy.internal.watch.SourceFolder;

/**
 * A change of files that are one deployment: a file, or some in a folder of sources.
 *
 * @param unit the file or the folder
 * @param checked the file of which something must hold
 * @param condition what must hold of it
 * @param changes the files that get another content; empty for those that go
 */
record UnitEdit(
    Path unit, Path checked, FileCondition condition, Map<Path, Optional<byte[]>> changes)
    implements FileEdit {

  /** The change of one file. */
  static UnitEdit of(Path unit, Path file, FileCondition condition, Optional<byte[]> content) {
    return new UnitEdit(unit, file, condition, Map.of(file, content));
  }

  /** A file that moves. */
  static UnitEdit move(Path unit, Path from, Path to, FileCondition condition, byte[] content) {
    Map<Path, Optional<byte[]>> changes = new HashMap<>();
    changes.put(from, Optional.empty());
    changes.put(to, Optional.of(content));
    return new UnitEdit(unit, from, condition, changes);
  }

  @Override
  public Path origin() {
    return unit;
  }

  @Override
  public boolean isCurrent() {
    return condition.holds(Hashes.now(checked));
  }

  @Override
  public byte[] source() throws IOException {
    Optional<byte[]> whole = changes.getOrDefault(unit, Optional.empty());
    return whole.isPresent() ? whole.get() : SourceFolder.pack(unit, changes);
  }

  @Override
  public String seen() throws IOException {
    if (Files.isDirectory(unit)) {
      return Sha256.of(SourceFolder.pack(unit));
    }
    return Files.exists(unit) ? Sha256.of(Files.readAllBytes(unit)) : "";
  }

  @Override
  public void make() throws IOException {
    for (Map.Entry<Path, Optional<byte[]>> each : changes.entrySet()) {
      if (each.getValue().isPresent()) {
        AtomicFile.write(each.getKey(), each.getValue().get());
      }
    }
    for (Map.Entry<Path, Optional<byte[]>> each : changes.entrySet()) {
      if (each.getValue().isEmpty()) {
        Files.deleteIfExists(each.getKey());
      }
    }
  }
}
