package org.caravanserai.scheduler.internal.engine;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.caravanserai.scheduler.internal.store.LeaseTable;

/** The right to do something, as this server tries to get and keep it. Used by one thread. */
final class Holding {

  private final LeaseTable leases;
  private final String right;
  private final String owner;
  private final long millis;
  private volatile long number;
  private volatile long end;

  Holding(LeaseTable leases, String right, String owner, long millis) {
    this.leases = leases;
    this.right = right;
    this.owner = owner;
    this.millis = millis;
  }

  /**
   * Whether it is held, as far as is known without asking: the clock of this machine goes on while
   * a process is frozen.
   */
  boolean isHeld() {
    return number > 0 && end - System.nanoTime() > 0;
  }

  long number() {
    return number;
  }

  /**
   * Gets or keeps it.
   *
   * @return whether it is a new holding
   */
  boolean renew() throws SQLException {
    long asked = System.nanoTime();
    Optional<Long> taken = leases.take(right, owner, number, millis);
    long before = number;
    if (taken.isEmpty()) {
      number = 0;
      return false;
    }
    end = asked + TimeUnit.MILLISECONDS.toNanos(millis);
    number = taken.get();
    return number != before;
  }

  /** It is lost, as the database says. */
  void lost() {
    number = 0;
  }

  /** Lets go of it. */
  void release() throws SQLException {
    long held = number;
    number = 0;
    if (held > 0) {
      leases.release(right, owner, held);
    }
  }
}
