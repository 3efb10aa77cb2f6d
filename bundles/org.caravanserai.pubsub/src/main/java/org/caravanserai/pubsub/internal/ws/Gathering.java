package org.caravanserai.pubsub.internal.ws;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.jspecify.annotations.Nullable;

/** Waits for several confirmations, and tells once all have come. */
final class Gathering implements Confirmation {

  private final AtomicInteger open;
  private final AtomicInteger confirmed = new AtomicInteger();
  private final AtomicReference<@Nullable BrokerException> failure = new AtomicReference<>();
  private final End end;

  /** Is told what came. */
  @FunctionalInterface
  interface End {
    /**
     * All have come.
     *
     * @param confirmed how many confirmed
     * @param failure the first failure; {@code null} if all confirmed
     */
    void gathered(int confirmed, @Nullable BrokerException failure);
  }

  /** Waits for so many, of which {@link #none} may be less. */
  Gathering(int count, End end) {
    open = new AtomicInteger(count);
    this.end = end;
  }

  @Override
  public void confirmed() {
    confirmed.incrementAndGet();
    none();
  }

  @Override
  public void failed(BrokerException told) {
    failure.compareAndSet(null, told);
    none();
  }

  /** One of them will not come. */
  void none() {
    if (open.decrementAndGet() == 0) {
      end.gathered(confirmed.get(), failure.get());
    }
  }
}
