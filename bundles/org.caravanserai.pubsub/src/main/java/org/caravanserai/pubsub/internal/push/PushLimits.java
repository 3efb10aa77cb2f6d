package org.caravanserai.pubsub.internal.push;

/**
 * How much one queue may hold in memory: messages that wait for another attempt, and those behind
 * them in order.
 *
 * @param messages how many messages
 * @param bytes how many bytes of payload; a single message may be larger
 */
public record PushLimits(int messages, long bytes) {}
