package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.Cache;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.internal.http.CacheRest;
import org.caravanserai.cache.internal.kind.CacheKind;
import org.caravanserai.cache.internal.kind.CacheObject;
import org.caravanserai.http.internal.TrafficRoutesService;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.internal.definition.Handles;
import org.caravanserai.security.internal.limit.QuotaTiers;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Caches as objects: made, changed, taken away, and the memory that they share. */
class LiveCachesTest {

  private static final int LIMIT = 100_000;

  private final Hand clock = new Hand();
  private LiveCaches caches;
  private CacheKind kind;
  private CacheRest rest;

  @BeforeEach
  void make() {
    caches = new LiveCaches(LIMIT, clock);
    MetricsComponent metrics = new MetricsComponent();
    rest =
        new CacheRest(
            Objects.settings(CacheSettings.class, Map.of()),
            caches,
            new TrafficRoutesService(metrics),
            new Handles(),
            new QuotaTiers());
    kind = new CacheKind(caches, rest);
  }

  @AfterEach
  void close() {
    rest.close();
    caches.close();
  }

  private static CacheObject object(String name, boolean isDefault, long maxSize) {
    return new CacheObject(
        name,
        true,
        isDefault,
        Optional.of(maxSize),
        50_000,
        false,
        true,
        Optional.of(Duration.ofMinutes(1)),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private Cache cache(String name) {
    return caches.named(name, new JsonCaller());
  }

  private MemoryStore store(String name) {
    return (MemoryStore) caches.find(name).store();
  }

  @Test
  void oneIsThereWithoutBeingConfigured() {
    assertThat(caches.usual(new JsonCaller()).name()).isEqualTo("default");
    assertThat(cache("default").name()).isEqualTo("default");
    assertThat(caches.all()).hasSize(1);
  }

  @Test
  void anEditKeepsTheValuesThatFit() throws Exception {
    LiveObject<CacheObject> live = kind.open(object("prices", false, 10));
    for (int i = 0; i < 10; i++) {
      cache("prices").put("k" + i, "v");
    }
    live.replace(object("prices", false, 4));
    store("prices").settle();

    assertThat(cache("prices").size()).isEqualTo(4);
    live.replace(object("prices", false, 100));
    assertThat(cache("prices").size()).isEqualTo(4);
    assertThat(caches.find("prices").meter().evictions.sum()).isEqualTo(6);
    live.close();
    assertThatThrownBy(() -> cache("prices")).isInstanceOf(ServiceException.class);
    assertThat(caches.memory().used()).isZero();
  }

  @Test
  void theDefaultOneIsChosenAndThereIsOne() throws Exception {
    LiveObject<CacheObject> live = kind.open(object("prices", true, 10));
    assertThat(caches.usual(new JsonCaller()).name()).isEqualTo("prices");
    assertThatThrownBy(() -> kind.open(object("other", true, 10)))
        .hasMessage("is_default: cache prices is the default cache already");

    live.replace(object("prices", false, 10));
    assertThat(caches.usual(new JsonCaller()).name()).isEqualTo("default");
    live.replace(object("prices", true, 10));
    live.close();
    assertThat(caches.usual(new JsonCaller()).name()).isEqualTo("default");
  }

  @Test
  void theOneThatIsAlwaysThereMayBeConfigured() throws Exception {
    cache("default").put("k", "v");
    LiveObject<CacheObject> live = kind.open(object("default", false, 2));
    assertThat(cache("default").get("k")).isEqualTo("v");
    assertThat(caches.find("default").terms().maxSize()).isEqualTo(2);

    live.close();
    assertThat(cache("default").get("k")).isNull();
    assertThat(caches.find("default").terms()).isEqualTo(Terms.USUAL);
  }

  @Test
  void theLeastUsedGoFirst() throws Exception {
    kind.open(object("prices", false, 100));
    Cache prices = cache("prices");
    for (int i = 0; i < 100; i++) {
      prices.put("k" + i, "v");
    }
    for (int times = 0; times < 5; times++) {
      assertThat(prices.get("k0")).isEqualTo("v");
      store("prices").settle();
    }
    for (int i = 100; i < 1000; i++) {
      prices.put("k" + i, "v");
    }
    store("prices").settle();

    assertThat(prices.size()).isEqualTo(100);
    assertThat(prices.get("k0")).isEqualTo("v");
  }

  @Test
  void whatIsOverTheSizeOfACacheGoesBeforeWhatIsWithinIt() throws Exception {
    kind.open(object("prices", false, 10));
    Cache prices = cache("prices");
    CountDownLatch busy = new CountDownLatch(1);
    for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool().execute(() -> hold(busy));
    }
    try {
      for (int i = 0; i < 30; i++) {
        prices.put("k" + i, "v".repeat(2_000));
      }
    } finally {
      busy.countDown();
    }
    store("prices").settle();

    assertThat(prices.size()).isEqualTo(10);
  }

  @Test
  void noMoreIsForgottenThanMustBe() throws Exception {
    kind.open(object("prices", false, 1000));
    Cache prices = cache("prices");
    for (int i = 0; i < 30; i++) {
      prices.put("k" + i, "v".repeat(5_000));
    }

    assertThat(caches.memory().used()).isBetween(LIMIT / 2L, (long) LIMIT);
    assertThat(prices.get("k29")).isNotNull();
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void allOfThemShareTheirMemory() throws Exception {
    kind.open(object("large", false, 10_000));
    kind.open(object("small", false, 10_000));
    cache("small").put("k", "v");
    for (int i = 0; i < 1000; i++) {
      cache("large").put("k" + i, "v".repeat(1000));
      assertThat(caches.memory().used()).isLessThanOrEqualTo(LIMIT);
    }

    assertThat(cache("large").size()).isBetween(10L, 100L);
    assertThat(cache("small").get("k")).describedAs("the largest one forgets").isEqualTo("v");
    assertThatThrownBy(() -> cache("small").put("k2", "v".repeat(50_000)))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(413));
    caches.memory().setLimit(10_000);
    assertThat(caches.memory().used()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void memoryIsCountedRightWhoeverWritesWhat() throws Exception {
    kind.open(object("prices", false, 20));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int thread = 0; thread < 4; thread++) {
      int seed = thread;
      threads.execute(
          () -> {
            for (int i = 0; i < 5000; i++) {
              String key = "k" + (i * 7 + seed) % 50;
              switch (i % 5) {
                case 0 -> cache("prices").delete(key);
                case 1 -> cache("prices").expire(key, Duration.ofSeconds(1));
                case 2 -> clock.turn(Duration.ofMillis(1));
                default -> cache("prices").put(key, "v".repeat(i % 100), Duration.ofSeconds(3));
              }
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(store("prices").bytes()).isPositive();
    cache("prices").delete(CacheKeys.all());
    clock.turn(Duration.ofHours(1));
    await()
        .untilAsserted(
            () -> {
              store("prices").settle();
              assertThat(cache("prices").size()).isZero();
              assertThat(store("prices").bytes()).isZero();
            });
  }

  @Test
  void itCounts() throws Exception {
    kind.open(object("prices", false, 20));
    cache("prices").put("k", "v", Duration.ofSeconds(1));
    assertThat(cache("prices").get("k")).isEqualTo("v");
    assertThat(cache("prices").get("other")).isNull();
    clock.turn(Duration.ofSeconds(2));
    store("prices").settle();

    Meter meter = caches.find("prices").meter();
    assertThat(meter.hits.sum()).isEqualTo(1);
    assertThat(meter.misses.sum()).isEqualTo(1);
    assertThat(meter.writes.sum()).isEqualTo(1);
    assertThat(meter.expirations.sum()).isEqualTo(1);
    assertThat(meter.evictions.sum()).isZero();
  }
}
