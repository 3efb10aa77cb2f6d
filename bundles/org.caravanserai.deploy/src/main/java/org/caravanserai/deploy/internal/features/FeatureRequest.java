package org.caravanserai.deploy.internal.features;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What somebody asks of the features service, on this thread, and what became of it. */
final class FeatureRequest {

  private static final ThreadLocal<FeatureRequest> CURRENT = new ThreadLocal<>();

  private final Consent consent;
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private boolean taken;

  FeatureRequest(Consent consent) {
    this.consent = consent;
  }

  /** That of this thread. */
  static FeatureRequest current() {
    FeatureRequest request = CURRENT.get();
    return request == null ? new FeatureRequest(Consent.UNDISTURBED) : request;
  }

  /** What the asker agreed to. */
  Consent consent() {
    return consent;
  }

  /** The service has it in its queue. */
  void take() {
    taken = true;
  }

  /** The service has come to its end. */
  void end(@Nullable Throwable failure) {
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  /** Asks, and does not wait for more than the call itself does. */
  <T> T ask(Callable<T> call) throws Exception {
    FeatureRequest before = CURRENT.get();
    CURRENT.set(this);
    try {
      return call.call();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /** Asks, and waits for the end of what the service does about it. */
  void askAndWait(Callable<?> call) throws Exception {
    ask(call);
    if (!taken) {
      throw new IllegalStateException("this features service is another than Karaf's 4.4");
    }
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    }
  }
}
