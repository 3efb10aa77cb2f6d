package org.caravanserai.objects.internal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk of which nobody may use anything, and which says why.
 *
 * @param why the reason, in words
 */
public record UnusableDisk(String why) implements Disk {

  private IOException refused() {
    return new IOException(why);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    throw refused();
  }

  @Override
  public List<Path> list(Path folder) {
    return List.of();
  }

  @Override
  public Optional<byte[]> read(Path file) {
    return Optional.empty();
  }

  @Override
  public Optional<String> stamp(Path file) {
    return Optional.empty();
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    throw refused();
  }

  @Override
  public void rename(Path file, Path to) throws IOException {
    throw refused();
  }

  @Override
  public void delete(Path file) throws IOException {
    throw refused();
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    throw refused();
  }
}
