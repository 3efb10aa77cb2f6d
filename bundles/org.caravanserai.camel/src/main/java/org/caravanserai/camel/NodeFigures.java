package org.caravanserai.camel;

/**
 * What a node of a route has done since its route was made.
 *
 * @param exchanges how many exchanges have left it
 * @param failed how many of them left it with a failure; each attempt of a redelivery counts
 * @param inflight how many are inside
 * @param meanMicros how long one took on average, in microseconds
 */
public record NodeFigures(long exchanges, long failed, long inflight, long meanMicros) {}
