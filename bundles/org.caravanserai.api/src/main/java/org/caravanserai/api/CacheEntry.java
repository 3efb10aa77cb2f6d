package org.caravanserai.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A value of a {@link Cache}, and what is known of it.
 *
 * @param key its key
 * @param value the value, as {@link Cache#get(String)} reads it
 * @param version 1 for the first value of this key, then one more with each
 * @param hits how often it was read, about
 * @param lastRead when it was read last
 * @param previousRead when it was read before that
 * @param lastWrite when it was put
 * @param previousWrite when the value before it was put
 * @param expiry how long it is kept; empty for ever
 * @param expiresAt until when it is kept
 */
public record CacheEntry(
    String key,
    Object value,
    long version,
    long hits,
    Optional<Instant> lastRead,
    Optional<Instant> previousRead,
    Optional<Instant> lastWrite,
    Optional<Instant> previousWrite,
    Optional<Duration> expiry,
    Optional<Instant> expiresAt) {}
