package org.caravanserai.pubsub.internal.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.jspecify.annotations.Nullable;

/** Waits for several confirmations, on no thread. */
final class Together implements Confirmation {

  private final AtomicInteger open;
  private final AtomicReference<@Nullable BrokerException> failure = new AtomicReference<>();
  private final Consumer<@Nullable BrokerException> told;

  /**
   * Waits for some confirmations, and for {@link #begun}.
   *
   * @param told gets the first failure, {@code null} if there was none
   */
  Together(int count, Consumer<@Nullable BrokerException> told) {
    open = new AtomicInteger(count + 1);
    this.told = told;
  }

  /** All that is waited for is under way. */
  void begun() {
    one();
  }

  @Override
  public void confirmed() {
    one();
  }

  @Override
  public void failed(BrokerException reason) {
    failure.compareAndSet(null, reason);
    one();
  }

  private void one() {
    if (open.decrementAndGet() == 0) {
      told.accept(failure.get());
    }
  }
}
