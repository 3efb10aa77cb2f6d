package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravanserai.api.Cache;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.CacheStatus;
import org.caravanserai.cache.redis.Redis;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.caravanserai.security.certificates.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Caches in a Redis: what servers share, and a Redis that is away, full or locked. */
@Timeout(120)
class RedisStoreTest {

  private static final String NAME = "prices";

  private static Redis redis;

  private final List<LiveCaches> servers = new ArrayList<>();
  private final LiveCaches one = server();

  @BeforeAll
  static void start() {
    redis = new Redis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void close() {
    servers.forEach(LiveCaches::close);
    redis.clear();
  }

  private LiveCaches server() {
    LiveCaches server = new LiveCaches(1_000_000, new Hand());
    servers.add(server);
    return server;
  }

  private static Cache open(LiveCaches server, RedisServer where) {
    server.open(NAME, Terms.USUAL, Optional.of(where), false);
    return server.named(NAME, new JsonCaller());
  }

  private static RedisServer hurried(String url) {
    return RedisServers.at(url, Optional.empty(), Optional.empty(), Duration.ofMillis(200));
  }

  private static void assertRefused(ThrowingCallable work, int status, String words) {
    ServiceCacheTest.assertRefused(work, status, "The Redis of the cache prices " + words);
  }

  @Test
  void serversShareTheValues() {
    Cache here = open(one, RedisServers.at(redis));
    Cache there = open(server(), RedisServers.at(redis));
    here.put("tea", Map.of("cents", 250), Duration.ofHours(1));

    assertThat(there.get("tea")).isEqualTo(Map.of("cents", 250));
    there.put("tea", "none");
    CacheEntry entry = here.entry("tea").orElseThrow();
    assertThat(entry.version()).isEqualTo(2);
    assertThat(entry.hits()).isEqualTo(1);
    assertThat(here.getOrCompute("tea", String.class, () -> "some")).isEqualTo("none");
    assertThat(there.delete(CacheKeys.byPrefix("t"))).isEqualTo(1);
    assertThat(here.contains("tea")).isFalse();
  }

  @Test
  void writersDoNotLoseVersions() throws Exception {
    Cache here = open(one, RedisServers.at(redis));
    Cache there = open(server(), RedisServers.at(redis));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Cache by = i % 2 == 0 ? here : there;
      work.add(
          threads.submit(
              () -> {
                for (int times = 0; times < 50; times++) {
                  by.put("k", times);
                  by.get("k");
                }
              }));
    }
    for (Future<?> each : work) {
      each.get();
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(here.entry("k").orElseThrow().version()).isEqualTo(400);
    assertThat(here.entry("k").orElseThrow().hits()).isEqualTo(400);
  }

  @Test
  void redisItselfForgetsWhatIsOver() {
    Cache cache = open(one, RedisServers.at(redis));
    cache.put("k", "v", Duration.ofMinutes(5));
    assertThat(Long.parseLong(redis.ask("PTTL", "serai:cache:prices:k")))
        .isBetween(1L, Duration.ofMinutes(5).toMillis());

    cache.put("k", "v", Duration.ofNanos(1));
    await().until(() -> redis.ask("EXISTS", "serai:cache:prices:k").equals("0"));
    cache.put("k", "v");
    assertThat(redis.ask("PTTL", "serai:cache:prices:k")).isEqualTo("-1");
  }

  @Test
  void aCacheTouchesItsOwnKeysOnly() {
    List<String> names = List.of("a", "a:b", "a*", "*", "a[b]", "\u00e4 ?");
    redis.ask("SET", "serai:cache:a", "of somebody else");
    for (String name : names) {
      one.open(name, Terms.USUAL, Optional.of(RedisServers.at(redis)), false);
      one.named(name, new JsonCaller()).put("b:c", name);
    }
    for (String name : names) {
      Cache cache = one.named(name, new JsonCaller());
      assertThat(cache.keys(CacheKeys.all())).containsExactly("b:c");
      assertThat(cache.size()).isEqualTo(1);
      assertThat(cache.get("b:c")).isEqualTo(name);
    }
    one.named("a", new JsonCaller()).clear();
    assertThat(redis.ask("DBSIZE")).isEqualTo("6");
  }

  @Test
  void keysAreManyOrTooMany() {
    Cache cache = open(one, RedisServers.at(redis));
    for (int i = 0; i < 2500; i++) {
      cache.put("k" + i, i);
    }
    assertThat(cache.size()).isBetween(2500L, 2600L);
    assertThat(cache.keys(CacheKeys.bySuffix("7"))).hasSize(250);
    RedisStore narrow = new RedisStore(NAME, Terms.USUAL, RedisServers.at(redis), () -> 100);
    ServiceCacheTest.assertRefused(
        () -> narrow.keys(key -> true), 400, "more than 100 keys are chosen");
    assertThat(narrow.keys(key -> key.startsWith("k100"))).hasSize(11);
    narrow.close();
    assertThat(cache.delete(CacheKeys.all())).isEqualTo(2500);
    assertThat(redis.ask("DBSIZE")).isEqualTo("0");
  }

  @Test
  void whatIsTakenAwayStaysInRedisAndMovesWithoutAGap() {
    Cache cache = open(one, RedisServers.at(redis));
    cache.put("k", "v");
    one.open(NAME, Terms.USUAL, false);
    assertThat(cache.get("k")).describedAs("in memory").isNull();
    open(one, RedisServers.at(redis));
    assertThat(cache.get("k")).isEqualTo("v");
    one.remove(NAME);
    assertThat(open(one, RedisServers.at(redis)).get("k")).isEqualTo("v");

    one.open("default", Terms.USUAL, Optional.of(RedisServers.at(redis)), false);
    one.usual(new JsonCaller()).put("k", "of default");
    one.remove("default");
    assertThat(one.usual(new JsonCaller()).get("k")).isNull();
    assertThat(redis.ask("EXISTS", "serai:cache:default:k")).isEqualTo("1");
  }

  @Test
  void aRedisThatIsAwayIsToldAndUsedWhenItIsBack() {
    try (Redis own = new Redis()) {
      Cache cache = open(one, hurried(own.url()));
      LiveDesk desk = new LiveDesk(one);
      cache.put("k", "v");
      own.stop();

      assertRefused(() -> cache.get("k"), 502, "can't be reached");
      assertRefused(() -> cache.put("k", "v"), 502, "can't be reached");
      assertRefused(() -> cache.keys(CacheKeys.all()), 502, "can't be reached");
      assertRefused(
          () -> cache.getOrCompute("k", String.class, () -> "v"), 502, "can't be reached");
      CacheStatus status = desk.cache(NAME);
      assertThat(status.size()).isEmpty();
      assertThat(status.problem()).contains("The Redis of the cache prices can't be reached");
      assertThat(desk.caches()).extracting(CacheStatus::name).containsExactly("default", NAME);

      own.start();
      assertThat(cache.get("k")).isNull();
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
      assertThat(desk.cache(NAME).problem()).isEmpty();
      assertThat(desk.cache(NAME).size()).contains(1L);
      assertThat(desk.cache(NAME).maxSize()).isEmpty();
    }
  }

  @Test
  void noCallGetsAConnectionFromBeforeARestart() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (Redis own = new Redis()) {
      Cache cache = open(one, RedisServers.at(own));
      Callable<Object> asking = () -> cache.contains("k");
      await()
          .until(
              () -> {
                for (Future<Object> each : threads.invokeAll(Collections.nCopies(3, asking))) {
                  each.get();
                }
                return own.ask("CLIENT", "LIST").lines().count() == 4;
              });
      own.stop();
      own.start();

      for (int i = 0; i < 3; i++) {
        assertThat(cache.get("k")).isNull();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatIsComputedWhileRedisGoesIsReturned() {
    try (Redis own = new Redis()) {
      Cache cache = open(one, hurried(own.url()));
      String made =
          cache.getOrCompute(
              "k",
              String.class,
              () -> {
                own.stop();
                return "made";
              });
      assertThat(made).isEqualTo("made");
      own.start();
      assertThat(cache.contains("k")).isFalse();
      assertThat(cache.getOrCompute("k", String.class, () -> "again")).isEqualTo("again");
    }
  }

  @Test
  void aRedisThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
    try (Redis own = new Redis()) {
      Cache cache = open(one, hurried(own.url()));
      cache.put("k", "v");
      own.freeze();
      ExecutorService threads = Executors.newFixedThreadPool(12);
      try {
        assertRefused(() -> cache.get("k"), 504, "did not answer in time");
        // More callers than connections: each is told, whether it had one or not.
        Callable<Integer> asking = () -> status(() -> cache.get("k"));
        for (Future<Integer> each : threads.invokeAll(Collections.nCopies(12, asking))) {
          assertThat(each.get()).isIn(503, 504);
        }
      } finally {
        own.thaw();
        threads.shutdown();
      }
      await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo("v"));
    }
  }

  private static int status(ThrowingCallable work) {
    return catchThrowableOfType(ServiceException.class, work).status();
  }

  @Test
  void aPasswordIsAskedFor() {
    try (Redis own = new Redis("--requirepass", "sesame")) {
      Duration timeout = Duration.ofSeconds(30);
      Cache cache =
          open(one, RedisServers.at(own.url(), Optional.empty(), Optional.of("wrong"), timeout));
      assertRefused(() -> cache.get("k"), 502, "refused to log in");
      open(one, RedisServers.at(own.url(), Optional.empty(), Optional.empty(), timeout));
      assertRefused(() -> cache.get("k"), 502, "refuses the user");
      open(one, RedisServers.at(own.url(), Optional.empty(), Optional.of("sesame"), timeout));
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
    }
    Cache cache =
        open(
            one,
            RedisServers.at(
                redis.url(), Optional.empty(), Optional.of("needless"), Duration.ofSeconds(30)));
    assertRefused(() -> cache.get("k"), 502, "refused to log in");
  }

  @Test
  void aRedisThatIsFullSaysSo() {
    try (Redis own = new Redis("--maxmemory", "1", "--maxmemory-policy", "noeviction")) {
      Cache cache = open(one, hurried(own.url()));
      assertRefused(() -> cache.put("k", "v"), 507, "is full");
      assertThat(cache.contains("k")).isFalse();
    }
  }

  @Test
  void metricsDoNotWaitForRedis() throws Exception {
    // Nobody is there.
    open(one, hurried("redis://127.0.0.1:1"));
    MetricsComponent metrics = new MetricsComponent();
    CacheMetrics told = new CacheMetrics(one, metrics);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(null, out);
    told.stop();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("serai_cache_hits_total{cache=\"prices\"}")
        .contains("serai_cache_entries{cache=\"default\"}")
        .doesNotContain("serai_cache_entries{cache=\"prices\"}");
  }

  @Test
  void otherDatabasesAreOthers() {
    Cache first = open(one, RedisServers.at(redis));
    Cache second = open(server(), hurried(redis.url().replaceFirst("/0$", "/1")));
    first.put("k", "v");

    assertThat(second.contains("k")).isFalse();
    second.put("k", "other");
    assertThat(first.get("k")).isEqualTo("v");
  }

  @Test
  void connectionsAreEncryptedAndTheCertificateIsChecked(@TempDir Path folder) throws Exception {
    Certificates authority = new Certificates("those of Redis");
    authority.issue("CN=redis").write(folder, "redis");
    Path trusted = Files.writeString(folder.resolve("ca.crt"), authority.pem());
    Path others = Files.writeString(folder.resolve("others.crt"), new Certificates("others").pem());
    try (Redis own =
        Redis.encrypted(
            "--bind",
            "127.0.0.1",
            "127.0.0.2",
            "--tls-auth-clients",
            "no",
            "--tls-cert-file",
            folder.resolve("redis.crt").toString(),
            "--tls-key-file",
            folder.resolve("redis.key").toString(),
            "--tls-ca-cert-file",
            trusted.toString())) {
      String url = own.url().replace("redis:", "rediss:");
      Duration timeout = Duration.ofSeconds(30);
      Cache cache =
          open(
              one,
              RedisServers.at(url, Optional.of(trusted.toString()), Optional.empty(), timeout));
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
      open(one, RedisServers.at(url, Optional.of(others.toString()), Optional.empty(), timeout));
      assertRefused(() -> cache.get("k"), 502, "can't be reached");
      String other = url.replace("127.0.0.1", "127.0.0.2");
      open(one, RedisServers.at(other, Optional.of(trusted.toString()), Optional.empty(), timeout));
      assertRefused(() -> cache.get("k"), 502, "can't be reached");
      open(one, hurried(own.url()));
      assertThat(status(() -> cache.get("k"))).describedAs("in the clear").isEqualTo(502);
    }
  }
}
