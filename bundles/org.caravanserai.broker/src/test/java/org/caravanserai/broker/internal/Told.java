package org.caravanserai.broker.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;

/** Waits for what it is told. */
final class Told implements Confirmation {

  private final CompletableFuture<String> told = new CompletableFuture<>();

  @Override
  public void confirmed() {
    told.complete("confirmed");
  }

  @Override
  public void failed(BrokerException failure) {
    told.completeExceptionally(failure);
  }

  /** Waits for the confirmation. */
  void confirmedInTime() throws Exception {
    told.get(30, TimeUnit.SECONDS);
  }

  /** Waits for the failure. */
  BrokerException failure() {
    return (BrokerException)
        org.assertj.core.api.Assertions.catchThrowable(() -> told.get(30, TimeUnit.SECONDS))
            .getCause();
  }
}
