package org.caravanserai.cache;

/**
 * A cache as it is.
 *
 * @param name its name
 * @param isDefault whether services get it that name none
 * @param size how many values it has, about
 * @param maxSize how many it may have
 * @param bytes how much memory they take, about
 * @param hits how often a value was read
 * @param misses how often one was asked for that was not there
 * @param writes how often one was put
 * @param evictions how many had to make room
 * @param expirations how many were there until their time was up
 */
public record CacheStatus(
    String name,
    boolean isDefault,
    long size,
    long maxSize,
    long bytes,
    long hits,
    long misses,
    long writes,
    long evictions,
    long expirations) {}
