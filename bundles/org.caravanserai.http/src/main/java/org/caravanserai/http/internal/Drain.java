package org.caravanserai.http.internal;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Throws away what is still coming of a body that was refused, for a while: closing at once would
 * reset the connection, and the caller would lose the answer that says why.
 */
final class Drain implements Invocable.Task {

  private static final long LONGEST_SECONDS = 5;

  private final Request request;
  private final Callback callback;
  private final long start = NanoTime.now();

  /**
   * A drain.
   *
   * @param callback called when the body has ended, or it took too long
   */
  Drain(Request request, Callback callback) {
    this.request = request;
    this.callback = callback;
  }

  @Override
  public void run() {
    while (TimeUnit.NANOSECONDS.toSeconds(NanoTime.since(start)) < LONGEST_SECONDS) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      chunk.release();
      if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
        break;
      }
    }
    callback.succeeded();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
