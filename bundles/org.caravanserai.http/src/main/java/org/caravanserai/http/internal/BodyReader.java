package org.caravanserai.http.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.http.TrafficExchange;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a whole body as it arrives, without blocking. */
final class BodyReader implements Invocable.Task {

  private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
  private static final int FIRST = 64 * 1024;

  private final Content.Source source;
  private final TrafficExchange exchange;
  private final int limit;
  private final Consumer<byte[]> whole;
  private byte[] bytes;
  private int length;

  /**
   * A reader.
   *
   * @param declared how long the body says it is, -1 if it does not
   */
  BodyReader(
      Content.Source source,
      TrafficExchange exchange,
      int declared,
      int limit,
      Consumer<byte[]> whole) {
    this.source = source;
    this.exchange = exchange;
    this.limit = limit;
    this.whole = whole;
    // A declaration alone must not cost memory.
    this.bytes = new byte[declared < 0 ? Math.min(limit, 4096) : Math.min(declared, FIRST)];
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        ServiceException failure = BodyFailure.of(chunk.getFailure());
        exchange.error(failure.status(), failure.details());
        return;
      }
      boolean fits = take(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (!fits) {
        exchange.error(413, BodyFailure.tooLarge(limit));
        return;
      }
      if (last) {
        pass(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        return;
      }
    }
  }

  private void pass(byte[] body) {
    try {
      whole.accept(body);
    } catch (RuntimeException e) {
      LOG.error("{}: {} failed", exchange.cid(), exchange.path(), e);
      exchange.error(500, "Internal error");
    }
  }

  private boolean take(ByteBuffer buffer) {
    int more = buffer.remaining();
    if (more > limit - length) {
      return false;
    }
    int needed = length + more;
    if (needed > bytes.length) {
      long doubled = Math.min((long) bytes.length * 2, limit);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
    buffer.get(bytes, length, more);
    length = needed;
    return true;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
