package org.caravanserai.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Copies a stream into a response, blocking its thread. */
final class StreamAnswer implements Runnable {

  private static final int CHUNK = 32 * 1024;

  private final InputStream content;
  private final Response response;
  private final Callback ending;

  StreamAnswer(InputStream content, Response response, Callback ending) {
    this.content = content;
    this.response = response;
    this.ending = ending;
  }

  @Override
  public void run() {
    try {
      byte[] chunk = new byte[CHUNK];
      for (int read; (read = content.read(chunk)) >= 0; ) {
        if (read > 0) {
          write(false, ByteBuffer.wrap(chunk, 0, read));
        }
      }
      write(true, null);
    } catch (IOException | RuntimeException e) {
      ending.failed(new CutOff(e));
      return;
    }
    ending.succeeded();
  }

  private void write(boolean last, @Nullable ByteBuffer bytes) throws IOException {
    try (Blocker.Callback blocker = Blocker.callback()) {
      response.write(last, bytes, blocker);
      blocker.block();
    }
  }

  /** Says that an answer could not be completed. Jetty logs it without its stack. */
  private static final class CutOff extends IOException implements QuietException {

    private static final long serialVersionUID = 1L;

    CutOff(Throwable cause) {
      super("the answer was cut off", cause);
    }
  }
}
