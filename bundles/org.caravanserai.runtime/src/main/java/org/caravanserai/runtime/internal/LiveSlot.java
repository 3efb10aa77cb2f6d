package org.caravanserai.runtime.internal;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of the service of one name. */
final class LiveSlot implements Slot {

  private static final int SPINS = 100;
  private static final long PAUSE_NANOS = 1_000;

  private final String name;
  private final AtomicReference<@Nullable LiveRevision> current = new AtomicReference<>();
  private volatile @Nullable LiveHold hold;
  private final Set<LiveRevision> draining = ConcurrentHashMap.newKeySet();
  private final Counters counters = new Counters();
  private final Bulkhead bulkhead = new Bulkhead();
  private final Logger logger;
  private final Leftovers leftovers;

  LiveSlot(String name, Leftovers leftovers) {
    this.name = name;
    this.leftovers = leftovers;
    this.logger = LoggerFactory.getLogger(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<ServiceRevision> current() {
    return Optional.ofNullable(current.get());
  }

  /** Goes into the current revision, {@code null} if there is none. */
  @Nullable LiveRevision enter() {
    LiveRevision first = current.get();
    return first != null && first.gate().enter() ? first : enterLater(null);
  }

  /**
   * The same for a call out of another one, which is let in where its end is waited for.
   *
   * @param caller the call that makes this one
   */
  @Nullable LiveRevision enter(Invocation caller) {
    LiveRevision first = current.get();
    return first != null && first.gate().enter() ? first : enterLater(caller);
  }

  private @Nullable LiveRevision enterLater(@Nullable Invocation caller) {
    int tries = 0;
    while (true) {
      LiveHold held = hold;
      LiveRevision revision = current.get();
      if (revision != null && revision.gate().enter()) {
        return revision;
      }
      if (held != null) {
        if (revision != null && caller != null && held.lets(caller, revision)) {
          return revision;
        }
        if (!held.pause()) {
          return null;
        }
        continue;
      }
      if (revision == null) {
        return null;
      }
      // It is being replaced: whoever does it has the next one in hand, and may need our processor.
      if (++tries < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Begins to be held, unless it is already; whether it has begun. */
  boolean hold(LiveHold by) {
    if (hold != null) {
      return false;
    }
    hold = by;
    LiveRevision revision = current.get();
    if (revision != null) {
      revision.gate().hold();
    }
    return true;
  }

  /** Is not held any more. */
  void release() {
    LiveRevision revision = current.get();
    if (revision != null) {
      revision.gate().release();
    }
    hold = null;
  }

  /** Whether calls wait here for the service to be there again. */
  boolean isHeld() {
    return hold != null;
  }

  /** Whether that is by this one. */
  boolean isHeld(LiveHold by) {
    return hold == by;
  }

  /** Lets nobody in until {@link #replace} follows, at once; callers wait for it. */
  void closeFor(LiveRevision next) {
    LiveRevision before = current.get();
    if (before != null && before != next) {
      close(before);
    }
  }

  /** Makes a revision current, and closes the one before to new calls. */
  void replace(@Nullable LiveRevision next) {
    LiveRevision before = current.getAndSet(next);
    if (before != null && before != next) {
      close(before);
    }
  }

  /** Becomes empty if a revision is the current one; whether it was. */
  boolean remove(LiveRevision revision) {
    boolean wasCurrent = current.compareAndSet(revision, null);
    if (wasCurrent) {
      close(revision);
    }
    return wasCurrent;
  }

  /** Forgets a revision that is done with, or was given up. */
  void forget(LiveRevision revision) {
    draining.remove(revision);
  }

  private void close(LiveRevision revision) {
    draining.add(revision);
    revision.gate().close();
    revision.gate().drained().thenRun(() -> forget(revision));
  }

  Counters counters() {
    return counters;
  }

  Bulkhead bulkhead() {
    return bulkhead;
  }

  /** What is left of the revisions of all services that are gone. */
  Leftovers leftovers() {
    return leftovers;
  }

  /** The logger named after the service. */
  Logger logger() {
    return logger;
  }

  /** Calls that are inside, in old revisions too. */
  long inside() {
    LiveRevision revision = current.get();
    return (revision == null ? 0 : revision.inside()) + inside(draining);
  }

  /** What the service is now; empty if none is deployed here. */
  Optional<ServiceInfo> info() {
    return Optional.ofNullable(current.get()).map(this::info);
  }

  private ServiceInfo info(LiveRevision revision) {
    return new ServiceInfo(
        name,
        revision.deployment(),
        revision.revision(),
        revision.input(),
        revision.output(),
        revision.inside(),
        inside(draining),
        counters.calls(),
        counters.failures(),
        counters.rejections(),
        counters.stuckNow(),
        counters.meanMicros(),
        counters.callsPerSecond(),
        counters.p95Micros(),
        counters.lastFailure());
  }

  private static long inside(Collection<LiveRevision> revisions) {
    return revisions.stream().mapToLong(LiveRevision::inside).sum();
  }
}
