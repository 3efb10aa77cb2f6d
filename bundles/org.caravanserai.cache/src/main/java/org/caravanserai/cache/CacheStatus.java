package org.caravanserai.cache;

import java.util.Optional;

/**
 * A cache as it is.
 *
 * @param name its name
 * @param isDefault whether services get it that name none
 * @param size how many values it has, about; absent if they are in a Redis that was not asked
 * @param maxSize how many it may have; absent if they are in a Redis, which limits itself
 * @param bytes how much memory of the server they take, about
 * @param hits how often a value was read
 * @param misses how often one was asked for that was not there
 * @param writes how often one was put
 * @param evictions how many had to make room
 * @param expirations how many were there until their time was up
 * @param problem why its Redis was not reached when it was last asked
 */
public record CacheStatus(
    String name,
    boolean isDefault,
    Optional<Long> size,
    Optional<Long> maxSize,
    long bytes,
    long hits,
    long misses,
    long writes,
    long evictions,
    long expirations,
    Optional<String> problem) {}
