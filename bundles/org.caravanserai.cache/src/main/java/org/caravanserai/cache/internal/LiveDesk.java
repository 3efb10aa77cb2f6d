package org.caravanserai.cache.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.CacheDesk;
import org.caravanserai.cache.CacheItem;
import org.caravanserai.cache.CacheStatus;
import org.caravanserai.cache.ItemPage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The caches as operators see them. */
@Component(service = CacheDesk.class)
public final class LiveDesk implements CacheDesk {

  private static final int PREVIEW = 200;

  private final LiveCaches caches;

  /** Made by the container. */
  @Activate
  public LiveDesk(@Reference LiveCaches caches) {
    this.caches = caches;
  }

  @Override
  public List<CacheStatus> caches() {
    return caches.all().stream().map(cache -> status(cache, known(cache))).toList();
  }

  @Override
  public CacheStatus cache(String name) {
    LiveCache found = caches.find(name);
    try {
      return status(found, Optional.of(found.store().size()));
    } catch (ServiceException away) {
      return status(found, Optional.empty());
    }
  }

  private static Optional<Long> known(LiveCache cache) {
    return cache.store().isShared() ? Optional.empty() : Optional.of(cache.store().size());
  }

  private CacheStatus status(LiveCache cache, Optional<Long> size) {
    Store store = cache.store();
    Meter meter = cache.meter();
    return new CacheStatus(
        cache.name(),
        cache == caches.usual(),
        size,
        store.isShared() ? Optional.empty() : Optional.of(cache.terms().maxSize()),
        store.bytes(),
        meter.hits.sum(),
        meter.misses.sum(),
        meter.writes.sum(),
        meter.evictions.sum(),
        meter.expirations.sum(),
        store.problem());
  }

  @Override
  public ItemPage items(String cache, String search, int offset, int limit) {
    LiveCache found = caches.find(cache);
    String part = search.toLowerCase(Locale.ROOT);
    List<String> keys =
        found.keys(key -> part.isEmpty() || holds(key, part) || holdsValue(found, key, part));
    List<CacheItem> items =
        keys.stream()
            .sorted()
            .skip(offset)
            .limit(limit)
            .map(key -> item(found, key, false))
            .flatMap(Optional::stream)
            .toList();
    return new ItemPage(items, keys.size());
  }

  private static boolean holdsValue(LiveCache cache, String key, String part) {
    return Stream.ofNullable(cache.store().look(key))
        .anyMatch(value -> holds(Values.text(value), part));
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part);
  }

  @Override
  public CacheItem item(String cache, String key) {
    return item(caches.find(cache), key, true).orElseThrow(() -> absent(cache, key));
  }

  private static ServiceException absent(String cache, String key) {
    return new ServiceException(404, "There is no " + key + " in the cache " + cache);
  }

  private static Optional<CacheItem> item(LiveCache cache, String key, boolean isWhole) {
    Object kept = cache.store().look(key);
    CacheEntry entry = cache.store().entry(key);
    if (kept == null || entry == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CacheItem(
            key,
            Values.type(kept),
            isWhole ? Optional.empty() : Optional.of(preview(Values.text(kept))),
            isWhole ? Optional.of(Values.show(kept)) : Optional.empty(),
            entry.version(),
            entry.hits(),
            entry.lastRead(),
            entry.previousRead(),
            entry.lastWrite(),
            entry.previousWrite(),
            entry.expiry().map(time -> time.toMillis() / 1000.0),
            entry.expiresAt()));
  }

  private static String preview(String text) {
    return text.length() <= PREVIEW ? text : text.substring(0, PREVIEW) + "…";
  }

  @Override
  public void put(String cache, String key, byte[] json, Optional<Duration> expiry) {
    Stored value = Values.keep(Values.parse(json));
    caches.find(cache).write(key, value, expiry.orElse(null));
  }

  @Override
  public void delete(String cache, String key) {
    if (caches.find(cache).remove(key) == null) {
      throw absent(cache, key);
    }
  }

  @Override
  public long clear(String cache, String confirmation) {
    LiveCache found = caches.find(cache);
    if (!confirmation.equals(cache)) {
      throw new ServiceException(
          422, "To delete all values of " + cache + ", confirm with its name: confirm=" + cache);
    }
    return found.removeAll(key -> true);
  }
}
