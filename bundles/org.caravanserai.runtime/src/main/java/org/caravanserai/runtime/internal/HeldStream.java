package org.caravanserai.runtime.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.caravanserai.runtime.Reply;

/** The stream of another service's output; closing it ends that service's call. */
final class HeldStream extends FilterInputStream {

  private final Reply reply;

  HeldStream(InputStream content, Reply reply) {
    super(content);
    this.reply = reply;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      reply.close();
    }
  }
}
