package org.caravanserai.runtime.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/** Hands a reply to a thread that waits for it; one that comes too late is closed. */
final class Handover implements Consumer<Reply> {

  private static final Reply GIVEN_UP = new Refusal(new ServiceException(504, "given up"));

  private final AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
  private final CountDownLatch arrived = new CountDownLatch(1);

  @Override
  public void accept(Reply arriving) {
    if (reply.compareAndSet(null, arriving)) {
      arrived.countDown();
    } else {
      arriving.close();
    }
  }

  /**
   * Waits for the reply.
   *
   * @return {@code null} if the time ran out or the thread was interrupted, which it then is still
   */
  @Nullable Reply take(long timeoutMillis) {
    Reply here = reply.get();
    if (here != null) {
      return here;
    }
    try {
      if (arrived.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
        return reply.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return reply.compareAndSet(null, GIVEN_UP) ? null : reply.get();
  }
}
