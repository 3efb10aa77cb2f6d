package org.caravanserai.pubsub.internal.push;

import java.util.Optional;

/**
 * What has become of the messages of a pushed queue since the server started.
 *
 * @param running how many its target has now
 * @param aside how many wait for another attempt
 * @param delivered how many were delivered
 * @param failures how many attempts failed
 * @param dead how many became dead letters
 * @param lastFailure why the last one failed, or could not be begun; empty once one has gone well
 */
public record PushStatus(
    int running,
    int aside,
    long delivered,
    long failures,
    long dead,
    Optional<String> lastFailure) {

  /** The sum of two that push the same queue. */
  PushStatus plus(PushStatus other) {
    return new PushStatus(
        running + other.running,
        aside + other.aside,
        delivered + other.delivered,
        failures + other.failures,
        dead + other.dead,
        lastFailure.or(other::lastFailure));
  }
}
