package org.caravanserai.pubsub;

import java.util.Optional;

/**
 * A topic as it is.
 *
 * @param name its name
 * @param subscriptions how many queues get its messages
 * @param depth how many messages wait in the longest of them
 * @param maxDepth how many may
 * @param isNearlyFull whether one of them has four fifths of that, or more
 * @param remote how it is shared over an external broker; empty if it is not
 */
public record TopicStatus(
    String name,
    int subscriptions,
    long depth,
    long maxDepth,
    boolean isNearlyFull,
    Optional<RemoteStatus> remote) {}
