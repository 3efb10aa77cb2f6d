package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.databind.util.LookupCache;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache of a mapper that knows the classes of one revision only, which are few. Jackson's own
 * ones take five kilobytes each before they hold anything.
 */
final class SmallCache<K, V> implements LookupCache<K, V> {

  private static final int LIMIT = 1000;

  private final Map<K, V> entries = new ConcurrentHashMap<>(8);

  @Override
  public LookupCache<K, V> emptyCopy() {
    return new SmallCache<>();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public @Nullable V get(Object key) {
    return entries.get(key);
  }

  @Override
  public @Nullable V put(K key, V value) {
    makeRoom();
    return entries.put(key, value);
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    makeRoom();
    return entries.putIfAbsent(key, value);
  }

  private void makeRoom() {
    if (entries.size() >= LIMIT) {
      entries.clear();
    }
  }

  @Override
  public void clear() {
    entries.clear();
  }

  @Override
  public void contents(BiConsumer<K, V> consumer) {
    entries.forEach(consumer);
  }
}
