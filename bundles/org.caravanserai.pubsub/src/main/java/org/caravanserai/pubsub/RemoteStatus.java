package org.caravanserai.pubsub;

import java.util.Optional;

/**
 * How a topic is shared over an external broker.
 *
 * @param broker the topic there and the broker's address, without its options
 * @param connected whether messages go both ways now
 * @param waiting how many messages that were published here have not gone there yet
 * @param failure why the broker is not reached; empty if it is, or was not tried yet
 */
public record RemoteStatus(
    String broker, boolean connected, long waiting, Optional<String> failure) {}
