package org.caravanserai.deploy.internal.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The real disk, of which some calls fail. A write that fails has written half of its bytes. */
final class FailingDisk implements Disk {

  private final Disk real = new FileDisk();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int first = Integer.MAX_VALUE;
  private volatile int last = Integer.MAX_VALUE;

  /** From now on, the n-th call fails, and so many more. */
  void failFrom(int nth, int count) {
    calls.set(0);
    first = nth;
    last = nth + count - 1;
  }

  /** Nothing fails any more. */
  void heal() {
    first = Integer.MAX_VALUE;
  }

  /** Whether a call has failed since {@link #failFrom}. */
  boolean failed() {
    return calls.get() >= first;
  }

  private boolean fails() {
    int call = calls.incrementAndGet();
    return call >= first && call <= last;
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
  public Optional<Closeable> lock(Path file) throws IOException {
    call();
    return real.lock(file);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    call();
    return real.list(folder);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    call();
    return new FailingFile(real.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    call();
    return new FailingFile(real.open(file));
  }

  @Override
  public DiskFile reopen(Path file) throws IOException {
    call();
    return new FailingFile(real.reopen(file));
  }

  @Override
  public void delete(Path file) throws IOException {
    call();
    real.delete(file);
  }

  @Override
  public void rename(Path file, Path to) throws IOException {
    call();
    real.rename(file, to);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    call();
  }

  private final class FailingFile implements DiskFile {
    private final DiskFile file;

    FailingFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      call();
      return file.size();
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      call();
      return file.read(into, at);
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      if (fails()) {
        file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), at);
        throw new IOException("no space left, so it is made to seem");
      }
      file.write(bytes, at);
    }

    @Override
    public void force() throws IOException {
      // No power is cut here, and there are thousands of them.
      call();
    }

    @Override
    public void truncate(long size) throws IOException {
      call();
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
      call();
    }
  }
}
