package org.caravanserai.runtime;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** The bounded pool of threads on which calls from channels run. */
@ProviderType
public interface CallPool {

  /**
   * Runs a call on a thread of the pool.
   *
   * @param slot the service that it is for, which holds at most its share of the pool
   * @param timeout how long the call may take from now on, waiting included
   * @param call the call
   * @throws BusyException if the service holds its share, or the pool's queue is full
   */
  void submit(Slot slot, Duration timeout, PooledCall call) throws BusyException;
}
