package org.caravanserai.pubsub.internal.file;

import org.caravanserai.spi.Lease;
import org.caravanserai.spi.RunOn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether it is this server's turn to take the files of a folder. */
final class Turn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  private final Lease.@Nullable Claim claim;

  /**
   * Takes part.
   *
   * @param id the route that looks
   */
  Turn(Lease lease, String id, RunOn runOn) {
    claim =
        runOn == RunOn.ONE_SERVER && lease.isShared()
            ? lease.claim(
                id,
                held ->
                    LOG.info(
                        held
                            ? "This server takes the files of {}"
                            : "Another server may take the files of {}",
                        id))
            : null;
  }

  /** Whether it is, as far as this server knows without asking. */
  boolean isOurs() {
    return claim == null || claim.isHeld();
  }

  /** Lets others have it. */
  @Override
  public void close() {
    if (claim != null) {
      claim.close();
    }
  }
}
