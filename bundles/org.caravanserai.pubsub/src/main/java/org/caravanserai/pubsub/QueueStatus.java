package org.caravanserai.pubsub;

import java.util.Optional;

/**
 * A queue as it is.
 *
 * @param name its name
 * @param kind {@code subscription}, {@code queue}, {@code service}, {@code dead}, or {@code client}
 *     for one that a client of the network has made
 * @param topic where its messages come from
 * @param owner the security definition whose it is, if any
 * @param filter which messages it takes, if not all
 * @param enabled whether it takes messages
 * @param depth how many messages are in it, those being worked on included
 * @param maxDepth with how many its topic or queue is full; empty if it has no limit
 * @param isNearlyFull whether it has four fifths of that, or more
 * @param delivering how many are being worked on
 * @param consumers how many consume from it
 * @param inRate messages that come, a second
 * @param outRate messages that are acknowledged, a second
 * @param added how many have come since the start
 * @param acknowledged how many have been acknowledged since the start
 * @param oldestSeconds how long the first one has waited; empty if there is none
 * @param dead how many dead letters there are of it
 * @param push what has become of its messages, if they are pushed
 */
public record QueueStatus(
    String name,
    String kind,
    String topic,
    Optional<String> owner,
    Optional<String> filter,
    boolean enabled,
    long depth,
    Optional<Long> maxDepth,
    boolean isNearlyFull,
    long delivering,
    int consumers,
    double inRate,
    double outRate,
    long added,
    long acknowledged,
    Optional<Long> oldestSeconds,
    long dead,
    Optional<PushInfo> push) {

  /**
   * What has become of the messages of a pushed queue since the server started.
   *
   * @param running how many its target has now
   * @param waiting how many wait for another attempt, or behind one
   * @param delivered how many were delivered
   * @param failures how many attempts failed
   * @param lastFailure why the last one failed, if none has gone well since
   */
  public record PushInfo(
      int running, int waiting, long delivered, long failures, Optional<String> lastFailure) {}
}
