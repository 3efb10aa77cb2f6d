package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of revisions: their calls drain, their instances are closed, their classes go. */
final class Retirement implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

  private final ServiceRegistry registry;
  private final Duration drainTimeout;
  private final ExecutorService background =
      new ThreadPoolExecutor(
          0,
          1,
          60,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> {
            Thread made = new Thread(work, "serai-retire");
            made.setDaemon(true);
            return made;
          });

  Retirement(ServiceRegistry registry, Duration drainTimeout) {
    this.registry = registry;
    this.drainTimeout = drainTimeout;
  }

  /** Retires services that are no longer current, and uninstalls their revision afterwards. */
  void retire(Collection<ServiceRevision> services, InstalledRevision installed) {
    CompletableFuture<Void> unused =
        all(services, drainTimeout)
            .whenComplete(
                (drained, failure) -> {
                  if (failure != null) {
                    LOG.warn("{} did not drain: {}", installed.label(), String.valueOf(failure));
                  }
                  uninstall(installed);
                });
  }

  /** Retires instances whose revision goes on with others. */
  void retire(Collection<ServiceRevision> services) {
    CompletableFuture<Void> unused = all(services, drainTimeout);
  }

  private void uninstall(InstalledRevision installed) {
    try {
      background.execute(installed::uninstall);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} stays installed: the server stops", installed.label());
    }
  }

  /** Retires services that are no longer current, and waits for it. */
  void await(Collection<ServiceRevision> services, Duration timeout) {
    try {
      // The registry keeps the time; a little more lets it close the instances.
      all(services, timeout).get(timeout.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Services did not drain: {}", String.valueOf(e));
    }
  }

  private CompletableFuture<Void> all(Collection<ServiceRevision> services, Duration timeout) {
    return CompletableFuture.allOf(
        services.stream()
            .map(each -> registry.retire(each, timeout).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public void close() {
    background.shutdown();
    try {
      if (!background.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("Some replaced revisions are still being uninstalled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
