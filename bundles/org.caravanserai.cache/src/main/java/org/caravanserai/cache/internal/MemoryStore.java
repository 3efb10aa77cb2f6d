package org.caravanserai.cache.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Values in the memory of this server. Who has not been used for longest goes first. Those whose
 * time is up are not there for anybody, and {@link #sweep} takes them away: a timetable of
 * Caffeine's would have each reader pay for it.
 */
final class MemoryStore implements Store {

  /** What a place in the table costs beside key and value. */
  private static final int PLACE = 200;

  private final com.github.benmanes.caffeine.cache.Cache<String, Entry> entries;
  private final ConcurrentMap<String, Entry> map;
  private final Ticker ticker;
  private final Memory memory;
  private final Meter meter;
  private final AtomicLong bytes = new AtomicLong();
  private volatile Terms terms;

  /** Whether there may be values whose time can be up. */
  private volatile boolean isAgeing;

  MemoryStore(Terms terms, Memory memory, Meter meter, Ticker ticker) {
    this.terms = terms;
    this.memory = memory;
    this.meter = meter;
    this.ticker = ticker;
    this.entries =
        Caffeine.newBuilder().maximumSize(terms.maxSize()).evictionListener(this::gone).build();
    this.map = entries.asMap();
    memory.add(this);
  }

  private void gone(@Nullable String key, @Nullable Entry entry, RemovalCause cause) {
    if (entry != null) {
      bytes.addAndGet(-entry.weight());
    }
    meter.evictions.increment();
  }

  @Override
  public @Nullable Object read(String key) {
    Entry entry = entries.getIfPresent(key);
    if (entry == null) {
      return null;
    }
    long now = ticker.read();
    if (entry.isOver(now)) {
      drop(key, entry);
      return null;
    }
    entry.read(now, terms.extendOnGet());
    return entry.value();
  }

  @Override
  public @Nullable Object look(String key) {
    Entry entry = quietly(key);
    return entry == null ? null : entry.value();
  }

  @Override
  public @Nullable CacheEntry entry(String key) {
    Entry entry = quietly(key);
    return entry == null ? null : entry.told(key, ticker.read());
  }

  private @Nullable Entry quietly(String key) {
    Entry entry = entries.policy().getIfPresentQuietly(key);
    return entry == null || entry.isOver(ticker.read()) ? null : entry;
  }

  private void drop(String key, Entry over) {
    if (map.remove(key, over)) {
      expired(over);
    }
  }

  private void expired(Entry over) {
    bytes.addAndGet(-over.weight());
    meter.expirations.increment();
  }

  /** Takes away what nobody has asked for since its time was up. */
  void sweep() {
    if (!isAgeing) {
      return;
    }
    isAgeing = false;
    long now = ticker.read();
    map.forEach(
        (key, entry) -> {
          if (entry.isOver(now)) {
            drop(key, entry);
          } else if (entry.expiry() > 0) {
            isAgeing = true;
          }
        });
  }

  @Override
  public @Nullable Object write(String key, Stored value, @Nullable Duration expiry) {
    long weight = PLACE + 2L * key.length() + value.weight();
    if (weight > memory.limit()) {
      throw new ServiceException(413, "the value is larger than the memory of all caches");
    }
    Terms now = terms;
    long wanted = now.nanosOr(expiry);
    Entry[] before = new Entry[1];
    Entry next =
        map.compute(
            key,
            (same, known) -> {
              long moment = ticker.read();
              Entry old = known;
              if (known != null && known.isOver(moment)) {
                expired(known);
                old = null;
              }
              before[0] = old;
              Entry.Time time =
                  old == null || expiry != null
                      ? new Entry.Time(wanted, true, expiry != null)
                      : old.next(wanted, now.extendOnSet());
              bytes.addAndGet(weight - (old == null ? 0 : old.weight()));
              return Entry.of(old, value, weight, time, moment);
            });
    if (next != null && next.expiry() > 0) {
      isAgeing = true;
    }
    memory.makeRoom();
    return before[0] == null ? null : before[0].value();
  }

  @Override
  public @Nullable Object remove(String key) {
    Entry removed = map.remove(key);
    if (removed == null) {
      return null;
    }
    if (removed.isOver(ticker.read())) {
      expired(removed);
      return null;
    }
    bytes.addAndGet(-removed.weight());
    return removed.value();
  }

  @Override
  public boolean expire(String key, Duration expiry) {
    long nanos = Terms.nanos(expiry);
    Entry kept =
        map.computeIfPresent(
            key,
            (same, old) -> {
              long now = ticker.read();
              if (old.isOver(now)) {
                expired(old);
                return null;
              }
              return old.expiring(nanos, now);
            });
    if (kept != null) {
      isAgeing = true;
    }
    return kept != null;
  }

  @Override
  public List<String> keys(Predicate<String> wanted) {
    List<String> keys = new ArrayList<>();
    long now = ticker.read();
    map.forEach(
        (key, entry) -> {
          if (entry.isOver(now)) {
            drop(key, entry);
          } else if (wanted.test(key)) {
            keys.add(key);
          }
        });
    return keys;
  }

  @Override
  public int removeAll(Predicate<String> wanted) {
    int removed = 0;
    for (String key : keys(wanted)) {
      if (remove(key) != null) {
        removed++;
      }
    }
    return removed;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public long size() {
    return entries.estimatedSize();
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  /**
   * Forgets some.
   *
   * @param count how many at most
   * @param isEnough whether there is room now
   * @return how many it were
   */
  int shed(int count, BooleanSupplier isEnough) {
    int shed = 0;
    for (var coldest : eviction().coldest(count).entrySet()) {
      if (isEnough.getAsBoolean()) {
        break;
      }
      if (map.remove(coldest.getKey(), coldest.getValue())) {
        bytes.addAndGet(-coldest.getValue().weight());
        meter.evictions.increment();
        shed++;
      }
    }
    return shed;
  }

  private Policy.Eviction<String, Entry> eviction() {
    return entries.policy().eviction().orElseThrow();
  }

  @Override
  public void replace(Terms changed) {
    terms = changed;
    eviction().setMaximum(changed.maxSize());
  }

  /** Takes away at once what is more than its size, which is done aside otherwise. */
  void trim() {
    entries.cleanUp();
  }

  /** Does at once what is done aside otherwise. */
  void settle() {
    sweep();
    trim();
  }

  @Override
  public void close() {
    memory.remove(this);
    entries.invalidateAll();
  }
}
