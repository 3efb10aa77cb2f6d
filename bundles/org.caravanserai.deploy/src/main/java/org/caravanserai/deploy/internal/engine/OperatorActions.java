package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.install.InstallTarget;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.caravanserai.runtime.ServiceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what is done to the bundles of revisions by hand: stop, start, refresh, uninstall. */
final class OperatorActions implements InstallTarget.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorActions.class);

  private final Switchboard switchboard;
  private final Preparation preparation;
  private final ServiceRegistry registry;
  private final Duration timeout;
  private final Duration switchTimeout;
  private final Executor later;
  private final Map<Served, ServiceRegistry.Hold> awaited = new ConcurrentHashMap<>();

  /**
   * Follows them.
   *
   * @param timeout how long a stop waits for the calls inside
   * @param switchTimeout how long calls wait for a bundle to come back, for nobody knows whether a
   *     stop is the beginning of a refresh
   */
  OperatorActions(
      Switchboard switchboard,
      Preparation preparation,
      ServiceRegistry registry,
      Duration timeout,
      Duration switchTimeout) {
    this.switchboard = switchboard;
    this.preparation = preparation;
    this.registry = registry;
    this.timeout = timeout;
    this.switchTimeout = switchTimeout;
    this.later = CompletableFuture.delayedExecutor(switchTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void stopping(InstalledRevision revision) {
    find(revision)
        .ifPresent(
            found -> {
              LOG.info("{} stopped by hand: {}", revision.label(), found.names());
              ServiceRegistry.Hold hold = registry.hold(found.names(), switchTimeout);
              awaited.put(found, hold);
              later.execute(() -> arrived(found, hold));
              switchboard.stop(found, timeout);
            });
  }

  /** It serves again, or nobody waits for it any more. */
  private void arrived(Served served, ServiceRegistry.Hold hold) {
    if (awaited.remove(served, hold)) {
      hold.close();
    }
  }

  @Override
  public void started(InstalledRevision revision) {
    Optional<Served> found = find(revision).filter(Served::stopped);
    if (found.isEmpty()) {
      return;
    }
    try {
      Serving prepared = preparation.prepare(revision);
      if (switchboard.start(found.get(), prepared)) {
        LOG.info("{} started by hand: {}", revision.label(), found.get().names());
        Optional.ofNullable(awaited.get(found.get())).ifPresent(hold -> arrived(found.get(), hold));
      } else {
        preparation.discard(prepared);
      }
    } catch (RejectedException e) {
      LOG.error("{} can't be started again at {}", revision.label(), e.getMessage());
    }
  }

  @Override
  public void rewired(InstalledRevision revision) {
    Optional<Served> found = find(revision).filter(each -> !each.stopped());
    if (found.isEmpty()) {
      return;
    }
    try {
      switchboard.renew(found.get(), preparation.prepare(revision));
    } catch (RejectedException e) {
      LOG.error("{} goes on with the classes that it had: {}", revision.label(), e.getMessage());
    }
  }

  /** Completes revisions that have classes of a type which was not there when they went live. */
  void completeAll() {
    for (Served each : switchboard.all()) {
      try {
        if (!each.stopped() && each.content().isEmpty() && preparation.hasMore(each.installed())) {
          switchboard.renew(each, preparation.prepare(each.installed()));
          LOG.info("{} complete: {}", each.installed().label(), each);
        }
      } catch (RejectedException e) {
        LOG.error("{} goes on incomplete: {}", each.installed().label(), e.getMessage());
      }
    }
  }

  private Optional<Served> find(InstalledRevision revision) {
    return switchboard
        .served(revision.label().deployment())
        .filter(each -> each.installed() == revision);
  }
}
