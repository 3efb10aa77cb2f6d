package org.caravanserai.cache.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cache in operation. */
final class LiveCache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCache.class);
  private static final int LONGEST_KEY = 1000;

  private final String name;
  private final Meter meter;
  private final Computations computations = new Computations();
  private volatile Store store;
  private volatile Optional<RedisServer> redis;
  private volatile Terms terms;
  private volatile boolean isClosed;

  LiveCache(String name, Terms terms, Optional<RedisServer> redis, Store store, Meter meter) {
    this.name = name;
    this.redis = redis;
    this.terms = terms;
    this.store = store;
    this.meter = meter;
  }

  String name() {
    return name;
  }

  Terms terms() {
    return terms;
  }

  Meter meter() {
    return meter;
  }

  /** The Redis that has its values; empty if they are in memory. */
  Optional<RedisServer> redis() {
    return redis;
  }

  Store store() {
    return store;
  }

  Computations computations() {
    return computations;
  }

  /** Takes other terms; what it keeps stays where it fits. */
  void replace(Terms changed) {
    store.replace(changed);
    terms = changed;
  }

  /** Has its values elsewhere from now on. */
  void move(Terms changed, Optional<RedisServer> where, Store there) {
    Store before = store;
    store = there;
    redis = where;
    terms = changed;
    before.close();
  }

  /** A value as it is kept; {@code null} if there is none. */
  @Nullable Object read(String key) {
    check(key);
    Object value = store.read(key);
    (value == null ? meter.misses : meter.hits).increment();
    return value;
  }

  /** The same without reading it. */
  @Nullable Object look(String key) {
    check(key);
    return store.look(key);
  }

  /** All that is known of a value, without reading it. */
  @Nullable CacheEntry entry(String key) {
    check(key);
    return store.entry(key);
  }

  /**
   * Keeps a value.
   *
   * @return the one before it
   */
  @Nullable Object write(String key, Stored value, @Nullable Duration expiry) {
    check(key);
    checkSize(key, value);
    computations.overtake(key);
    return keep(key, value, expiry);
  }

  private @Nullable Object keep(String key, Stored value, @Nullable Duration expiry) {
    Object before = store.write(key, value, expiry);
    meter.writes.increment();
    return before;
  }

  /** Keeps a value that was computed, if it fits and nobody was faster. */
  void computed(
      String key, Stored value, @Nullable Duration expiry, Computations.Running computation) {
    try {
      checkSize(key, value);
      computations.end(key, computation, () -> keep(key, value, expiry));
    } catch (ServiceException e) {
      computations.end(key, computation, () -> {});
      LOG.warn("What was computed is not kept: {}", e.details());
    }
  }

  private void checkSize(String key, Stored value) {
    int most = terms.maxItemSize();
    if (value.size() > most) {
      throw new ServiceException(
          413,
          "The value of %s has %d characters, more than the cache %s takes: max_item_size is %d"
              .formatted(key, value.size(), name, most));
    }
  }

  /**
   * Deletes a value.
   *
   * @return it
   */
  @Nullable Object remove(String key) {
    check(key);
    computations.overtake(key);
    return store.remove(key);
  }

  /** Sets how long a value is kept from now on; whether there is one. */
  boolean expire(String key, Duration expiry) {
    check(key);
    return store.expire(key, expiry);
  }

  /** Keys, in no order. */
  List<String> keys(Predicate<String> wanted) {
    check();
    return store.keys(wanted);
  }

  /**
   * Deletes values.
   *
   * @return how many
   */
  int removeAll(Predicate<String> wanted) {
    check();
    computations.overtake(wanted);
    return store.removeAll(wanted);
  }

  private void check(String key) {
    check();
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new ServiceException(400, "a key has 1 to " + LONGEST_KEY + " characters");
    }
  }

  private void check() {
    if (isClosed) {
      throw new ServiceException(404, "There is no cache " + name + " any more");
    }
  }

  /** It is there no more. */
  @Override
  public void close() {
    isClosed = true;
    store.close();
  }
}
