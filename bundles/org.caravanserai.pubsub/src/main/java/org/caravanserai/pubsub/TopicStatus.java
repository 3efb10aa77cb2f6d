package org.caravanserai.pubsub;

import java.util.Optional;

/**
 * A topic as it is.
 *
 * @param name its name
 * @param subscriptions how many queues get its messages
 * @param depth how many messages wait in the longest of them
 * @param maxDepth how many may
 * @param remote how it is shared over an external broker; empty if it is not
 */
public record TopicStatus(
    String name, int subscriptions, long depth, long maxDepth, Optional<RemoteStatus> remote) {}
