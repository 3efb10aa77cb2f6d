package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.caravanserai.runtime.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** Services whose calls wait while what they are made of is replaced. */
final class LiveHold implements ServiceRegistry.Hold {

  private static final long PAUSE_NANOS = 500_000;

  private final long until;
  private final Consumer<List<LiveSlot>> changed;

  /** The slots, and the revisions that were in them. */
  private final Map<LiveSlot, @Nullable LiveRevision> slots = new LinkedHashMap<>();

  private final AtomicLong letIn = new AtomicLong();

  /**
   * Begins to hold.
   *
   * @param limit how long calls wait, from now on
   * @param changed is told of the slots whose service has come or gone meanwhile
   */
  LiveHold(Collection<LiveSlot> wanted, Duration limit, Consumer<List<LiveSlot>> changed) {
    this.until = System.nanoTime() + limit.toNanos();
    this.changed = changed;
    for (LiveSlot each : wanted) {
      LiveRevision revision = (LiveRevision) each.current().orElse(null);
      if (each.hold(this)) {
        slots.put(each, revision);
      }
    }
  }

  /** Waits for a moment; whether it is worth to look again. */
  boolean pause() {
    if (until - System.nanoTime() <= 0 || Thread.currentThread().isInterrupted()) {
      return false;
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    return true;
  }

  /** Lets a call in out of one whose end is waited for; counts it as one that got in. */
  boolean lets(Invocation caller, LiveRevision revision) {
    if (!slots.containsValue(revision)) {
      return false;
    }
    for (Invocation each = caller; each != null; each = each.caller()) {
      if (slots.containsValue(each.revision())) {
        // In this order: who finds nobody inside sees that somebody came.
        letIn.incrementAndGet();
        revision.gate().stay();
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean drain(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (!isEmpty()) {
      if (end - System.nanoTime() <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private boolean isEmpty() {
    long before = letIn.get();
    for (LiveRevision each : slots.values()) {
      if (each != null && each.inside() > 0) {
        return false;
      }
    }
    return letIn.get() == before;
  }

  @Override
  public void close() {
    List<LiveSlot> others = new ArrayList<>();
    slots.forEach(
        (slot, before) -> {
          if (slot.isHeld(this)) {
            slot.release();
            if ((before == null) != slot.current().isEmpty()) {
              others.add(slot);
            }
          }
        });
    changed.accept(others);
  }
}
