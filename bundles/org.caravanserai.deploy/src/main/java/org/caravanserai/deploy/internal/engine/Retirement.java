package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.caravanserai.deploy.InPlaceContent;
import org.caravanserai.deploy.LiveContent;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.ServiceRegistry;
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

  /**
   * Retires what is no longer current, and uninstalls its revision afterwards.
   *
   * @param leaves whether nothing takes the place of what could only be in place of others
   */
  void retire(Serving out, InstalledRevision installed, boolean leaves) {
    CompletableFuture<Void> unused =
        end(out, drainTimeout)
            .whenComplete(
                (drained, failure) -> {
                  if (failure != null) {
                    LOG.warn("{} did not drain: {}", installed.label(), String.valueOf(failure));
                  }
                  uninstall(
                      () -> {
                        out.inPlace().filter(each -> leaves).ifPresent(InPlaceContent::leave);
                        installed.uninstall();
                      });
                });
  }

  /** Retires instances whose revision goes on with others. */
  void retire(Serving out) {
    CompletableFuture<Void> unused = end(out, drainTimeout);
  }

  private void uninstall(Runnable work) {
    try {
      background.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("left installed: the server stops");
    }
  }

  /** Retires what is no longer current, and waits for it. */
  void await(Collection<Serving> out, Duration timeout) {
    try {
      // The registry keeps the time; a little more lets it close the instances.
      CompletableFuture.allOf(
              out.stream().map(each -> end(each, timeout)).toArray(CompletableFuture[]::new))
          .get(timeout.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Services did not drain: {}", String.valueOf(e));
    }
  }

  /** First the services drain, for those inside need the rest. */
  private CompletableFuture<Void> end(Serving out, Duration timeout) {
    long start = System.nanoTime();
    CompletableFuture<Void> drained =
        CompletableFuture.allOf(
            out.services().stream()
                .map(each -> registry.retire(each, timeout).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    Optional<LiveContent> content = out.content();
    return content.isEmpty()
        ? drained
        : drained.thenCompose(
            ended -> content.get().stop(timeout.minusNanos(System.nanoTime() - start)));
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
