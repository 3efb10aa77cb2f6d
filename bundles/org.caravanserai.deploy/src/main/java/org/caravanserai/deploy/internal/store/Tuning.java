package org.caravanserai.deploy.internal.store;

import java.time.Duration;

/**
 * The sizes and times of a store.
 *
 * @param kept how many revisions of a deployment are kept
 * @param segment how long a segment becomes, in bytes
 * @param ahead how many bytes of room are made in a segment at once
 * @param step how many bytes compaction copies at once
 * @param quiet how long nothing may have been asked before it works for itself
 * @param late after what time what nobody waits for is forced
 * @param retry after what time it tries again what the disk refused
 */
record Tuning(
    int kept, long segment, int ahead, int step, Duration quiet, Duration late, Duration retry) {

  /** As a server has it. */
  static Tuning of(int kept) {
    return new Tuning(
        kept,
        16 << 20,
        1 << 20,
        256 << 10,
        Duration.ofMillis(2),
        Duration.ofMillis(100),
        Duration.ofSeconds(1));
  }
}
