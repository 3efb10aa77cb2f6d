package org.caravanserai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A value of a cache, and what is known of it.
 *
 * @param key its key
 * @param type what it is: {@code text}, {@code number}, {@code boolean}, {@code bytes}, {@code
 *     time}, {@code list} or {@code object}
 * @param text its beginning as text, in lists
 * @param value it, in JSON, if one is asked for; bytes in base64
 * @param version 1 for the first value of this key, then one more with each
 * @param hits how often it was read
 * @param lastRead when it was read last
 * @param previousRead when it was read before that
 * @param lastWrite when it was put
 * @param previousWrite when the value before it was put
 * @param expirySeconds how long it is kept
 * @param expiresAt until when it is kept
 */
public record CacheItem(
    String key,
    String type,
    Optional<String> text,
    Optional<JsonNode> value,
    long version,
    long hits,
    Optional<Instant> lastRead,
    Optional<Instant> previousRead,
    Optional<Instant> lastWrite,
    Optional<Instant> previousWrite,
    Optional<Double> expirySeconds,
    Optional<Instant> expiresAt) {}
