package org.caravanserai.cache.internal;

/**
 * A value as a cache keeps it: nobody can change it, and its class is one of the platform's.
 *
 * @param value a text, a number, a boolean, something of {@code java.time}, bytes, an unmodifiable
 *     map or list of such, or a {@link JsonText}
 * @param size how large it is, in characters, about
 * @param weight how much memory it takes, in bytes, about
 */
record Stored(Object value, int size, long weight) {}
