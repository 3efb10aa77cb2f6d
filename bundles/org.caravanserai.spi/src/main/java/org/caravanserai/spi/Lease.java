package org.caravanserai.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Rights of which one server of an environment has each at a time, by the clock of the database
 * that they share: the right to run jobs, to poll a folder, a lock of a service.
 *
 * <p>Register it as an OSGi service, of which there is one at most. All methods may be called from
 * any thread.
 */
@ConsumerType
public interface Lease {

  /** Whether other servers are asked too; else each right is this process's own affair. */
  boolean isShared();

  /**
   * Tries for a right until it is closed, and keeps it for as long as this server lives and reaches
   * the database.
   *
   * @param name the right, such as {@code channel_file/inbox}
   * @param told {@code true} when this server has got it, {@code false} when it has lost it; one
   *     call at a time, on a thread that must not be blocked
   */
  Claim claim(String name, Consumer<Boolean> told);

  /**
   * Waits for a right for a limited time, and holds it for a limited time.
   *
   * @param name the right
   * @param ttl how long it is held at most, also when this server dies
   * @param wait how long to wait for it
   * @return empty if somebody else has held it all the time
   * @throws IllegalStateException if the database can't be asked; the message is fit for callers
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<Claim> hold(String name, Duration ttl, Duration wait) throws InterruptedException;

  /** A right that is held or tried for. */
  @ConsumerType
  interface Claim extends AutoCloseable {

    /** Whether it is held now, as far as this server knows without asking. */
    boolean isHeld();

    /**
     * The number of this holding, greater than that of each holding before: what a holder writes
     * elsewhere with a smaller number is out of date. 0 if it has never been held.
     */
    long number();

    /** Lets go of it. Closing again does nothing. */
    @Override
    void close();
  }
}
