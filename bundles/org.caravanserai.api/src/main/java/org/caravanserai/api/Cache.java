package org.caravanserai.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A named cache, shared by all services of the server, or of all servers that have it in one Redis:
 * keys are texts, values are anything.
 *
 * <p>Texts, numbers, booleans, what {@code java.time} has and maps and lists of these are kept as
 * they are, unmodifiable, in a Redis as JSON; bytes are copied. Anything else, such as a record, is
 * kept as JSON, written as outputs of services are, so that no cache holds a class of a revision:
 * read it with {@link #get(String, Class)}.
 *
 * <p>It may forget at any time. It belongs to one call, as its {@link Context} does; ask for it in
 * each.
 *
 * <p>All methods throw a {@link ServiceException} with status 404 if the cache has been taken away,
 * with status 400 if a key is empty or too long, an expiry is negative, or a regular expression
 * makes no sense, and with status 502 to 507 if it is in a Redis that does not answer.
 */
@ProviderType
public interface Cache {

  /**
   * Computes a value that is not there.
   *
   * @param <T> what it is
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface Computation<T, X extends Exception> {

    /** The value; {@code null} if there is none, and none is kept. */
    @Nullable T compute() throws X;
  }

  /** The name by which it is configured. */
  String name();

  /** A value, what was an object as maps and lists; {@code null} if there is none. */
  @Nullable Object get(String key);

  /**
   * A value in a class that the service knows.
   *
   * @return {@code null} if there is none, or it does not fit: an older revision may have put it
   */
  <T> @Nullable T get(String key, Class<T> type);

  /**
   * Keeps a value, for as long as the cache is configured to.
   *
   * @throws ServiceException also with status 413 if the value is larger than the cache takes
   */
  void put(String key, Object value);

  /**
   * The same for another time.
   *
   * @param expiry how long; {@link Duration#ZERO} for ever
   */
  void put(String key, Object value, Duration expiry);

  /**
   * A value that is computed if it is not there, or does not fit: once for all who ask at the same
   * time. Those who wait do so as long as their call may take, and get the failure if there is one.
   * A value that is larger than the cache takes is returned and not kept.
   *
   * @param computation runs on the calling thread, of the first who asks
   * @return {@code null} if that is what was computed
   * @throws ServiceException also with status 504 if this call's time ran out while another one
   *     computed the value, and as the computation of another call failed
   * @throws IllegalStateException if the computation asks for what it computes
   */
  default <T, X extends Exception> @Nullable T getOrCompute(
      String key, Class<T> type, Computation<T, X> computation) throws X {
    return getOrCompute(key, type, null, computation);
  }

  /**
   * The same for another time than the cache is configured to keep values.
   *
   * @param expiry how long; {@link Duration#ZERO} for ever; {@code null} as configured
   */
  <T, X extends Exception> @Nullable T getOrCompute(
      String key, Class<T> type, @Nullable Duration expiry, Computation<T, X> computation) throws X;

  /** Whether there is a value; that does not count as reading it. */
  boolean contains(String key);

  /**
   * Deletes a value; one that is being computed is not kept.
   *
   * @return whether there was one
   */
  boolean delete(String key);

  /**
   * Sets how long a value is kept from now on.
   *
   * @param expiry how long; {@link Duration#ZERO} for ever
   * @return whether there is one
   */
  boolean expire(String key, Duration expiry);

  /** A value with all that is known of it; that does not count as reading it. */
  Optional<CacheEntry> entry(String key);

  /** How many values it has, about. */
  long size();

  /** The keys of some, in no order. */
  List<String> keys(CacheKeys keys);

  /** The values of some by their keys, as {@link #get(String)} reads them. */
  Map<String, Object> get(CacheKeys keys);

  /**
   * Gives some that are there another value.
   *
   * @return how many
   */
  int put(CacheKeys keys, Object value);

  /**
   * Deletes some.
   *
   * @return how many
   */
  int delete(CacheKeys keys);

  /**
   * Sets how long some are kept from now on.
   *
   * @return how many
   */
  int expire(CacheKeys keys, Duration expiry);

  /** Deletes all. */
  void clear();
}
