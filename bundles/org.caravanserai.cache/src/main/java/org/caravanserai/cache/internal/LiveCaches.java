package org.caravanserai.cache.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.Cache;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.CacheSource;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The caches of the server by name; one is called {@code default} and always there. */
@Component(
    service = {CacheSource.class, LiveCaches.class},
    configurationPid = CacheSettings.PID)
@Designate(ocd = CacheSettings.class)
public final class LiveCaches implements CacheSource<Cache> {

  /** The cache that is there without being configured. */
  public static final String DEFAULT = "default";

  private static final long SWEEP_SECONDS = 10;

  private final Memory memory;
  private final Ticker ticker;
  private final Map<String, LiveCache> caches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeper;
  private volatile LiveCache usual;
  private volatile int redisKeys = 100_000;
  private @Nullable String chosen;

  /** Made by the container. */
  @Activate
  public LiveCaches(CacheSettings settings) {
    this(bytes(settings), Ticker.systemTicker());
    redisKeys = settings.redis__max__keys();
  }

  /**
   * Caches in that much memory.
   *
   * @param ticker the clock by which values grow old
   */
  LiveCaches(long bytes, Ticker ticker) {
    this.memory = new Memory(bytes);
    this.ticker = ticker;
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "serai-cache-sweep");
              thread.setDaemon(true);
              return thread;
            });
    this.usual = make(DEFAULT, Terms.USUAL, Optional.empty());
    caches.put(DEFAULT, usual);
    Future<?> unused =
        sweeper.scheduleWithFixedDelay(
            memory::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /** Takes another limit. */
  @Modified
  public void modified(CacheSettings changed) {
    memory.setLimit(bytes(changed));
    redisKeys = changed.redis__max__keys();
  }

  private static long bytes(CacheSettings settings) {
    int percent = Math.max(1, Math.min(90, settings.max__memory__percent()));
    return Runtime.getRuntime().maxMemory() / 100 * percent;
  }

  private LiveCache make(String name, Terms terms, Optional<RedisServer> redis) {
    Meter meter = new Meter();
    return new LiveCache(name, terms, redis, store(name, terms, redis, meter), meter);
  }

  private Store store(String name, Terms terms, Optional<RedisServer> redis, Meter meter) {
    return redis.isPresent()
        ? new RedisStore(name, terms, redis.get(), () -> redisKeys)
        : new MemoryStore(terms, memory, meter, ticker);
  }

  /** Lets go of all of them. */
  @Deactivate
  public synchronized void close() {
    sweeper.shutdownNow();
    caches.values().forEach(LiveCache::close);
    caches.clear();
  }

  @Override
  public Cache usual(Caller caller) {
    return new ServiceCache(usual, caller);
  }

  @Override
  public Cache named(String name, Caller caller) {
    return new ServiceCache(find(name), caller);
  }

  /**
   * A cache.
   *
   * @throws ServiceException with status 404 if there is none
   */
  LiveCache find(String name) {
    LiveCache found = caches.get(name);
    if (found == null) {
      throw new ServiceException(404, "There is no cache " + name + ", or it is not active");
    }
    return found;
  }

  /** All of them, by name. */
  List<LiveCache> all() {
    List<LiveCache> all = new ArrayList<>(caches.values());
    all.sort(Comparator.comparing(LiveCache::name));
    return all;
  }

  /** The one that services get who name none. */
  LiveCache usual() {
    return usual;
  }

  Memory memory() {
    return memory;
  }

  /**
   * Looks whether a cache can be what it is to be.
   *
   * @param isDefault whether services get it who name none
   * @throws IllegalStateException if another one is that already
   */
  public synchronized void checkDefault(String name, boolean isDefault) {
    if (isDefault && chosen != null && !chosen.equals(name)) {
      throw new IllegalStateException(
          "is_default: cache " + chosen + " is the default cache already");
    }
  }

  /**
   * A cache is there from now on, or changes and keeps its values, if they stay where they are.
   *
   * @param redis what has its values; empty for the memory of this server
   * @param isDefault whether services get it who name none
   * @throws IllegalStateException if another one is that already
   */
  public synchronized void open(
      String name, Terms terms, Optional<RedisServer> redis, boolean isDefault) {
    checkDefault(name, isDefault);
    LiveCache known = caches.get(name);
    if (known == null) {
      known = make(name, terms, redis);
      caches.put(name, known);
    } else {
      change(known, terms, redis);
    }
    if (isDefault) {
      chosen = name;
      usual = known;
    } else if (name.equals(chosen)) {
      forget();
    }
  }

  /** The same in memory. */
  void open(String name, Terms terms, boolean isDefault) {
    open(name, terms, Optional.empty(), isDefault);
  }

  private void change(LiveCache known, Terms terms, Optional<RedisServer> redis) {
    if (known.redis().equals(redis)) {
      known.replace(terms);
    } else {
      known.move(terms, redis, store(known.name(), terms, redis, known.meter()));
    }
  }

  /** A cache is there no more; the one that always is has no values then, and its usual terms. */
  public synchronized void remove(String name) {
    LiveCache known = caches.get(name);
    if (known == null) {
      return;
    }
    if (name.equals(DEFAULT)) {
      change(known, Terms.USUAL, Optional.empty());
      known.removeAll(key -> true);
    } else {
      caches.remove(name);
    }
    if (name.equals(chosen)) {
      forget();
    }
    if (!name.equals(DEFAULT)) {
      known.close();
    }
  }

  private void forget() {
    chosen = null;
    usual = find(DEFAULT);
  }
}
