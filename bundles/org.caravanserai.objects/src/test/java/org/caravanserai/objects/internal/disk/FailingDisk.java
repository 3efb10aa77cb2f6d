package org.caravanserai.objects.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The real disk, of which some calls fail. A write that fails has written half of its bytes. */
public final class FailingDisk implements Disk {

  private final Disk real = new FileDisk(1_000_000);
  private int calls;
  private int first = Integer.MAX_VALUE;
  private int last = Integer.MAX_VALUE;

  /** From now on, the n-th call fails, and so many more. */
  public void failFrom(int nth, int count) {
    calls = 0;
    first = nth;
    last = count == Integer.MAX_VALUE ? count : nth + count - 1;
  }

  /** Nothing fails any more. */
  public void heal() {
    first = Integer.MAX_VALUE;
  }

  /** Whether a call has failed since {@link #failFrom}. */
  public boolean failed() {
    return calls >= first;
  }

  private boolean fails() {
    calls++;
    return calls >= first && calls <= last;
  }

  private void call() throws IOException {
    if (fails()) {
      throw new IOException("made to fail");
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    call();
    real.makeFolder(folder);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    call();
    return real.list(folder);
  }

  @Override
  public Optional<byte[]> read(Path file) throws IOException {
    call();
    return real.read(file);
  }

  @Override
  public Optional<String> stamp(Path file) throws IOException {
    call();
    return real.stamp(file);
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    if (fails()) {
      Files.write(file, Arrays.copyOf(content, content.length / 2));
      throw new IOException("no space left, so it is made to seem");
    }
    // No power is cut here, and there are many of them: nothing is forced.
    Files.write(file, content);
  }

  @Override
  public void rename(Path file, Path to) throws IOException {
    call();
    real.rename(file, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    call();
    real.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    call();
  }
}
