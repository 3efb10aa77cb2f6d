package org.caravanserai.runtime.internal;

import java.time.Duration;
import org.caravanserai.api.Lock;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Lease;
import org.caravanserai.spi.Lease.Claim;

/** Locks of services: in the database where servers share one, else in this process. */
final class LockDesk {

  private static final int LONGEST_NAME = 150;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Lease local = new LocalLease();
  private final Plugged<Lease> shared;

  LockDesk(Plugged<Lease> shared) {
    this.shared = shared;
  }

  /**
   * Waits for a lock.
   *
   * @param caller whose call holds it
   */
  Lock lock(Caller caller, String name, Duration ttl, Duration wait) {
    check(name, ttl, wait);
    Lease known = shared.find();
    Lease lease = known != null && known.isShared() ? known : local;
    long left = caller.nanosLeft();
    boolean hurried = wait.compareTo(Duration.ofNanos(left)) > 0;
    Claim claim;
    try {
      claim = lease.hold("lock/" + name, ttl, hurried ? Duration.ofNanos(left) : wait).orElse(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(504, "The time ran out while waiting for lock " + name, e);
    } catch (IllegalStateException e) {
      throw new ServiceException(503, String.valueOf(e.getMessage()), e, 1);
    }
    if (claim == null) {
      throw hurried
          ? new ServiceException(504, "The time ran out while waiting for lock " + name)
          : new ServiceException(
              409, "Somebody else has held lock " + name + " for " + seconds(wait));
    }
    HeldLock held = new HeldLock(name, claim);
    caller.closeAtEnd(held);
    return held;
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private static void check(String name, Duration ttl, Duration wait) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new ServiceException(
          400, "The name of a lock has 1 to " + LONGEST_NAME + " characters");
    }
    if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
      throw new ServiceException(400, "A lock lives for more than 0 s and a day at most: " + ttl);
    }
    if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
      throw new ServiceException(400, "A lock is waited for 0 s to a day: " + wait);
    }
  }

  /**
   * A lock of a call.
   *
   * @param name its name
   * @param claim what it is
   */
  private record HeldLock(String name, Claim claim) implements Lock {

    @Override
    public boolean isHeld() {
      return claim.isHeld();
    }

    @Override
    public void close() {
      claim.close();
    }
  }
}
