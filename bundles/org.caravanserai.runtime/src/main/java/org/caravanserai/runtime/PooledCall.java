package org.caravanserai.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A call that runs on the {@link CallPool} and is answered exactly once: by itself, or at its
 * time-out.
 *
 * <p>Whoever is about to answer asks {@link #end()} first, and answers only if it says yes.
 */
public abstract class PooledCall {

  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Place place;

  /** Where a call waits and runs. */
  @ProviderType
  public interface Place {

    /** Ends the call as if its time had run out, if it has not ended. */
    void expire();
  }

  /** For subclasses. */
  protected PooledCall() {}

  /**
   * Does the work, on a thread of the pool. It may return before the call has ended. Must not
   * throw.
   */
  protected abstract void run();

  /**
   * Answers that the time is up; called at most once, after {@link #end()} said yes. Must not block
   * or throw.
   */
  protected abstract void timedOut();

  /** Runs the call; for the pool. */
  public final void begin() {
    run();
  }

  /** Lets the call answer that the time is up, after {@link #end()} said yes; for the pool. */
  public final void expire() {
    timedOut();
  }

  /**
   * Says how to end the call before it has answered; for the pool.
   *
   * @param where where it waits and runs
   */
  public final void accepted(Place where) {
    place = where;
  }

  /**
   * Ends the call as if its time had run out: what runs it is interrupted. Does nothing if it has
   * ended.
   */
  public final void cancel() {
    Place accepted = place;
    if (accepted != null) {
      accepted.expire();
    } else if (end()) {
      timedOut();
    }
  }

  /** Decides who answers: {@code true} for the first who asks, {@code false} for all others. */
  public final boolean end() {
    return !ended.getAndSet(true);
  }

  /** Whether somebody has answered, or is about to. */
  public final boolean hasEnded() {
    return ended.get();
  }
}
