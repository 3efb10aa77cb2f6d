package org.caravanserai.camel.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream with something that is to be done, once, when it is closed. */
public final class FinishingStream extends FilterInputStream {

  private final Runnable end;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Reads from a stream, and does that at the end. */
  public FinishingStream(InputStream stream, Runnable end) {
    super(stream);
    this.end = end;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return in.read(into, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      try {
        super.close();
      } finally {
        end.run();
      }
    }
  }
}
