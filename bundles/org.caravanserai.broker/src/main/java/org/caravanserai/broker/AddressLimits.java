package org.caravanserai.broker;

/**
 * How much an address may hold.
 *
 * @param maxDepth how many messages may wait in the longest of its queues, before publishers are
 *     told that it is full
 */
public record AddressLimits(long maxDepth) {}
