package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.Optional;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.install.InstallTarget;
import org.caravanserai.deploy.internal.install.InstalledRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what is done to the bundles of revisions by hand: stop, start, refresh, uninstall. */
final class OperatorActions implements InstallTarget.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorActions.class);

  private final Switchboard switchboard;
  private final Preparation preparation;
  private final Duration timeout;

  /**
   * Follows them.
   *
   * @param timeout how long a stop waits for the calls inside
   */
  OperatorActions(Switchboard switchboard, Preparation preparation, Duration timeout) {
    this.switchboard = switchboard;
    this.preparation = preparation;
    this.timeout = timeout;
  }

  @Override
  public void stopping(InstalledRevision revision) {
    find(revision)
        .ifPresent(
            found -> {
              LOG.info("{} stopped by hand: {}", revision.label(), found.names());
              switchboard.stop(found, timeout);
            });
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
