package org.caravanserai.cache.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.caravanserai.api.Cache;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.cache.internal.Computations.Running;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A cache as one call of a service sees it.
 *
 * @param cache the cache
 * @param caller the call
 */
record ServiceCache(LiveCache cache, Caller caller) implements Cache {

  @Override
  public String name() {
    return cache.name();
  }

  @Override
  public @Nullable Object get(String key) {
    Object kept = cache.read(key);
    return kept == null || kept instanceof String ? kept : Values.read(kept);
  }

  @Override
  public <T> @Nullable T get(String key, Class<T> type) {
    Object kept = cache.read(key);
    return kept == null ? null : Values.read(kept, type, caller);
  }

  @Override
  public void put(String key, Object value) {
    cache.write(key, Values.keep(value, caller), null);
  }

  @Override
  public void put(String key, Object value, Duration expiry) {
    cache.write(key, Values.keep(value, caller), expiry);
  }

  @Override
  public <T, X extends Exception> @Nullable T getOrCompute(
      String key, Class<T> type, @Nullable Duration expiry, Computation<T, X> computation)
      throws X {
    if (expiry != null) {
      Terms.nanos(expiry);
    }
    T known = get(key, type);
    if (known != null) {
      return known;
    }
    Running own = Computations.own();
    Running found = cache.computations().begin(key, own);
    if (found == own) {
      return compute(key, type, expiry, computation, own);
    }
    Object kept = found.await(key, caller.nanosLeft());
    if (kept == null) {
      return null;
    }
    T fit = Values.read(kept, type, caller);
    return fit == null ? computation.compute() : fit;
  }

  private <T, X extends Exception> @Nullable T compute(
      String key,
      Class<T> type,
      @Nullable Duration expiry,
      Computation<T, X> computation,
      Running own)
      throws X {
    try {
      Object faster = cache.look(key);
      T known = faster == null ? null : Values.read(faster, type, caller);
      if (known != null) {
        cache.computations().end(key, own, () -> {});
        own.done(faster);
        return known;
      }
      T computed = computation.compute();
      if (computed == null) {
        cache.computations().end(key, own, () -> {});
        own.done(null);
        return null;
      }
      Stored kept = Values.keep(computed, caller);
      cache.computed(key, kept, expiry, own);
      own.done(kept.value());
      return computed;
    } catch (Throwable failure) {
      cache.computations().end(key, own, () -> {});
      own.failed(failure);
      throw failure;
    }
  }

  @Override
  public boolean contains(String key) {
    return cache.look(key) != null;
  }

  @Override
  public boolean delete(String key) {
    return cache.remove(key) != null;
  }

  @Override
  public boolean expire(String key, Duration expiry) {
    return cache.expire(key, expiry);
  }

  @Override
  public Optional<CacheEntry> entry(String key) {
    return Optional.ofNullable(cache.entry(key));
  }

  @Override
  public long size() {
    return cache.store().size();
  }

  @Override
  public List<String> keys(CacheKeys keys) {
    return cache.keys(Choice.of(keys));
  }

  @Override
  public Map<String, Object> get(CacheKeys keys) {
    Map<String, Object> found = new HashMap<>();
    for (String key : keys(keys)) {
      Object value = get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public int put(CacheKeys keys, Object value) {
    Predicate<String> wanted = Choice.of(keys);
    Stored kept = Values.keep(value, caller);
    List<String> found = cache.keys(wanted);
    found.forEach(key -> cache.write(key, kept, null));
    return found.size();
  }

  @Override
  public int delete(CacheKeys keys) {
    return cache.removeAll(Choice.of(keys));
  }

  @Override
  public int expire(CacheKeys keys, Duration expiry) {
    int expired = 0;
    for (String key : keys(keys)) {
      if (cache.expire(key, expiry)) {
        expired++;
      }
    }
    return expired;
  }

  @Override
  public void clear() {
    cache.removeAll(key -> true);
  }
}
