package org.caravanserai.deploy.internal.install;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to install and uninstall bundles: ours, or that of the features service, whose
 * own work fails when bundles come or go meanwhile.
 */
public final class BundleTurn {

  private static final Logger LOG = LoggerFactory.getLogger(BundleTurn.class);

  private long limitNanos;
  private int ours;
  private boolean theirs;
  private long theirsSince;

  /**
   * Nobody's turn yet.
   *
   * @param limit how long one side waits for the other before it goes on all the same
   */
  public BundleTurn(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  /** Changes how long one side waits for the other. */
  public synchronized void limit(Duration limit) {
    limitNanos = limit.toNanos();
  }

  /** Runs our work when the other side is not at theirs. */
  public void run(Runnable work) {
    begin();
    try {
      work.run();
    } finally {
      end();
    }
  }

  /** Waits for our turn; {@link #end} must follow. */
  public synchronized void begin() {
    while (theirs) {
      long left = theirsSince + limitNanos - System.nanoTime();
      if (left <= 0) {
        LOG.warn("The features service does not come to an end; deployments go on without it");
        theirs = false;
      } else if (!pause(left)) {
        break;
      }
    }
    ours++;
  }

  /** Ends our turn. */
  public synchronized void end() {
    ours--;
    notifyAll();
  }

  /** The other side begins: waits for the end of our turn. */
  public synchronized void giveWay() {
    theirs = true;
    theirsSince = System.nanoTime();
    long until = theirsSince + limitNanos;
    while (ours > 0) {
      long left = until - System.nanoTime();
      if (left <= 0 || !pause(left)) {
        return;
      }
    }
  }

  /** The other side has come to its end. */
  public synchronized void resume() {
    theirs = false;
    notifyAll();
  }

  // Every caller waits in a loop for a condition of its own.
  @SuppressWarnings("WaitNotInLoop")
  private boolean pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
