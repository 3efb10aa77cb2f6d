package org.caravanserai.cache.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.Cache;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a cache costs the call of a service: one among 100,000 texts, as services get them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheBenchmark {

  private static final int ENTRIES = 100_000;
  private static final int STEP = 7919;
  private static final Terms TERMS =
      new Terms(2_000_000, 10_000, false, true, Optional.of(Duration.ofHours(1)));

  private static final Caller CALLER =
      (Caller)
          Proxy.newProxyInstance(
              Caller.class.getClassLoader(),
              new Class<?>[] {Caller.class},
              (self, method, arguments) -> null);

  private final LiveCaches caches = new LiveCaches(Long.MAX_VALUE, Ticker.systemTicker());
  private final com.github.benmanes.caffeine.cache.Cache<String, String> bare =
      Caffeine.newBuilder().maximumSize(TERMS.maxSize()).build();
  private final Map<String, String> map = new ConcurrentHashMap<>();
  private final String[] keys = new String[ENTRIES];
  private int at;

  /** Fills a cache. */
  public CacheBenchmark() {
    Cache cache = filled(caches, ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      keys[i] = key(i);
      if (!text(i).equals(cache.get(keys[i]))) {
        throw new IllegalStateException("another value");
      }
      bare.put(keys[i], text(i));
      map.put(keys[i], text(i));
    }
  }

  private static Cache filled(LiveCaches caches, int entries) {
    caches.open(LiveCaches.DEFAULT, TERMS, false);
    Cache cache = caches.usual(CALLER);
    for (int i = 0; i < entries; i++) {
      cache.put(key(i), text(i));
    }
    return cache;
  }

  private static String key(int number) {
    return "order." + number;
  }

  private static String text(int number) {
    return "a text of forty characters, more or less " + number;
  }

  private String next() {
    at = (at + STEP) % ENTRIES;
    return keys[at];
  }

  /** The default cache of a call, and a text out of it. */
  @Benchmark
  public @Nullable Object get() {
    return caches.usual(CALLER).get(next());
  }

  /** The same in a cache that is asked for by its name. */
  @Benchmark
  public @Nullable Object getNamed() {
    return caches.named(LiveCaches.DEFAULT, CALLER).get(next());
  }

  /** A peer: Caffeine alone, without expiry, hits and times. */
  @Benchmark
  public @Nullable Object getOfCaffeine() {
    return bare.getIfPresent(next());
  }

  /** What memory alone costs: a map of the same keys. */
  @Benchmark
  public @Nullable Object getOfMap() {
    return map.get(next());
  }

  /** A text instead of another one. */
  @Benchmark
  public void put() {
    caches.usual(CALLER).put(next(), "another text");
  }

  /** How much heap some entries take, in bytes. */
  public static long heap(int entries) {
    LiveCaches caches = new LiveCaches(Long.MAX_VALUE, Ticker.systemTicker());
    try {
      long before = used();
      Cache cache = filled(caches, entries);
      long after = used();
      if (cache.size() < entries) {
        throw new IllegalStateException("only " + cache.size() + " are there");
      }
      return after - before;
    } finally {
      caches.close();
    }
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
