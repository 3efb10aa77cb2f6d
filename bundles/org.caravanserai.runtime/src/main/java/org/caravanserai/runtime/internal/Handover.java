package org.caravanserai.runtime.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/** Hands a reply to a thread that waits for it; one that comes too late is closed. */
final class Handover implements Consumer<Reply> {

  private static final Object GIVEN_UP = new Object();

  /** Nothing yet, the reply, or that nobody waits for it any more. */
  private final AtomicReference<@Nullable Object> place = new AtomicReference<>();

  private final CountDownLatch arrived = new CountDownLatch(1);

  @Override
  public void accept(Reply arriving) {
    if (place.compareAndSet(null, arriving)) {
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
    if (place.get() == null) {
      try {
        if (!arrived.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
          place.compareAndSet(null, GIVEN_UP);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        place.compareAndSet(null, GIVEN_UP);
      }
    }
    return place.get() instanceof Reply reply ? reply : null;
  }
}
