package org.caravanserai.cache.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.caravanserai.api.CacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * Where a cache has its values. All of it may be called by anybody at any time. What asks another
 * system throws a {@code ServiceException}, fit for callers, if that does not answer.
 */
interface Store extends AutoCloseable {

  /** A value, which is read; {@code null} if there is none. */
  @Nullable Object read(String key);

  /** A value without reading it; {@code null} if there is none. */
  @Nullable Object look(String key);

  /** All that is known of a value, without reading it; {@code null} if there is none. */
  @Nullable CacheEntry entry(String key);

  /**
   * Keeps a value.
   *
   * @param expiry how long; {@code null} as the cache says
   * @return the value before it
   */
  @Nullable Object write(String key, Stored value, @Nullable Duration expiry);

  /**
   * Deletes a value.
   *
   * @return it
   */
  @Nullable Object remove(String key);

  /** Sets how long a value is kept from now on; whether there is one. */
  boolean expire(String key, Duration expiry);

  /** Keys, in no order. */
  List<String> keys(Predicate<String> wanted);

  /**
   * Deletes values.
   *
   * @return how many
   */
  int removeAll(Predicate<String> wanted);

  /** Whether other servers have the values too; then to count them takes a while. */
  boolean isShared();

  /** Why the system that has them was not reached when it was last asked. */
  Optional<String> problem();

  /** How many values there are, about. */
  long size();

  /** How much memory they take here, about. */
  long bytes();

  /** Takes other terms and keeps what fits. */
  void replace(Terms terms);

  /** Lets go of all that is held here; what others share stays. */
  @Override
  void close();
}
