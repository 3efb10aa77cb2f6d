package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Cache;
import org.caravanserai.api.CacheEntry;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What services do with a cache. */
class ServiceCacheTest {

  final Hand clock = new Hand();
  final LiveCaches caches = new LiveCaches(1_000_000, clock);
  final Cache cache = caches.usual(new JsonCaller());

  /** A value of a service. */
  public record Order(int id, List<Line> lines, Optional<LocalDate> day, DayOfWeek weekday) {}

  /** A part of it. */
  public record Line(String item, BigDecimal price) {}

  /** What a later revision reads. */
  public record Bigger(int id, Line first) {}

  private static final Order ORDER =
      new Order(
          7,
          List.of(new Line("tea", new BigDecimal("1.50"))),
          Optional.of(LocalDate.of(2026, 3, 1)),
          DayOfWeek.SUNDAY);

  @BeforeEach
  void open() {
    terms(Terms.USUAL);
  }

  @AfterEach
  void close() {
    caches.close();
  }

  /** Where the values are. */
  Optional<RedisServer> redis() {
    return Optional.empty();
  }

  /** Time goes by. */
  void turn(Duration by) {
    clock.turn(by);
  }

  private void terms(Terms terms) {
    caches.open("default", terms, redis(), false);
  }

  static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, int status, String words) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.details()).contains(words);
            });
  }

  @Test
  void whatIsPutIsThereUntilItIsDeleted() {
    assertThat(cache.get("a")).isNull();
    assertThat(cache.contains("a")).isFalse();
    assertThat(cache.delete("a")).isFalse();

    cache.put("a", "one");

    assertThat(cache.name()).isEqualTo("default");
    assertThat(cache.get("a")).isEqualTo("one");
    assertThat(cache.get("a", String.class)).isEqualTo("one");
    assertThat(cache.contains("a")).isTrue();
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.delete("a")).isTrue();
    assertThat(cache.get("a")).isNull();
  }

  @Test
  void plainValuesAreWhatTheyWere() {
    List<Object> values =
        List.of(
            "text", 1, 2L, 1.5, new BigDecimal("2.50"), true, 'c', Instant.EPOCH, Duration.ZERO);
    for (Object value : values) {
      cache.put("k", value);
      assertThat(cache.get("k")).isSameAs(value);
      assertThat((Object) cache.get("k", value.getClass())).isSameAs(value);
    }
    cache.put("k", java.nio.CharBuffer.wrap("built"));
    assertThat(cache.get("k")).isEqualTo("built");
  }

  @Test
  void bytesAreCopiedOnBothWays() {
    byte[] bytes = {1, 2};
    cache.put("k", bytes);
    bytes[0] = 9;

    byte[] read = cache.get("k", byte[].class);
    assertThat(read).containsExactly(1, 2);
    read[0] = 9;
    assertThat((byte[]) cache.get("k")).containsExactly(1, 2);
    assertThat(cache.get("k", Order.class)).isNull();
  }

  @Test
  void nobodyChangesATreeThatIsKept() {
    List<Object> list = new ArrayList<>(List.of(1, "b"));
    list.add(null);
    Map<String, Object> tree = new HashMap<>(Map.of("list", list));
    cache.put("k", tree);
    tree.clear();
    list.clear();

    Map<?, ?> read = (Map<?, ?>) cache.get("k");
    assertThat((List<?>) read.get("list")).hasSize(3);
    assertThatThrownBy(() -> read.remove("list")).isInstanceOf(UnsupportedOperationException.class);
    List<?> inner = (List<?>) read.get("list");
    assertThatThrownBy(() -> inner.remove(0)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anObjectComesBackInAnyClassAndNoneIsKept() {
    cache.put("order", ORDER);

    assertThat(cache.get("order", Order.class)).isEqualTo(ORDER).isNotSameAs(ORDER);
    Map<?, ?> tree = (Map<?, ?>) cache.get("order");
    assertThat(tree.get("id")).isEqualTo(7);
    assertThat(tree.get("weekday")).isEqualTo("SUNDAY");
    assertThat(caches.usual().look("order")).isInstanceOf(JsonText.class);
    cache.put("in a tree", Map.of("order", ORDER));
    assertThat(caches.usual().look("in a tree")).isInstanceOf(JsonText.class);
    cache.put("one of them", Thread.State.NEW);
    assertThat(cache.get("one of them")).isEqualTo("NEW");
    assertThat(cache.get("one of them", Thread.State.class)).isEqualTo(Thread.State.NEW);
    cache.put("json", JsonNodeFactory.instance.objectNode().put("id", 8));
    assertThat(cache.get("json")).isEqualTo(Map.of("id", 8));
    cache.put("plain", Map.of("item", "tea", "price", new BigDecimal("2")));
    assertThat(cache.get("plain", Line.class)).isEqualTo(new Line("tea", new BigDecimal("2")));
  }

  @Test
  void whatDoesNotFitIsAsIfItWereNotThere() {
    cache.put("order", "a text");

    assertThat(cache.get("order", Bigger.class)).isNull();
    Line line = new Line("coffee", BigDecimal.ONE);
    Bigger made = cache.getOrCompute("order", Bigger.class, () -> new Bigger(1, line));
    assertThat(made).isEqualTo(new Bigger(1, line));
    assertThat(cache.get("order", Bigger.class)).isEqualTo(made);
    assertThatThrownBy(() -> cache.get("order", int.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatCanNotBeKeptIsRefused() {
    Map<String, Object> endless = new HashMap<>();
    endless.put("itself", endless);

    assertThatThrownBy(() -> cache.put("k", endless)).isInstanceOf(IllegalArgumentException.class);
    assertRefused(() -> cache.put("", "v"), 400, "a key has 1 to");
    assertRefused(() -> cache.get("k".repeat(1001)), 400, "a key has 1 to");
    assertRefused(() -> cache.put("k", "v".repeat(10_001)), 413, "max_item_size is 10000");
    assertRefused(() -> cache.put("k", new byte[10_001]), 413, "10001 characters");
    assertRefused(() -> cache.put("k", List.of("v".repeat(9_999), "abc")), 413, "max_item_size");
    assertRefused(() -> cache.put("k", "v", Duration.ofSeconds(-1)), 400, "expiry");
    assertRefused(() -> cache.expire("k", Duration.ofDays(100_000)), 400, "expiry");
    assertThat(cache.contains("k")).isFalse();
  }

  @Test
  void aValueIsGoneWhenItsTimeIsUp() {
    cache.put("k", "v", Duration.ofMinutes(10));
    cache.put("ever", "v", Duration.ZERO);
    turn(Duration.ofMinutes(9));
    assertThat(cache.get("k")).isEqualTo("v");
    turn(Duration.ofMinutes(1));

    assertThat(cache.get("k")).isNull();
    assertThat(cache.contains("k")).isFalse();
    assertThat(cache.keys(CacheKeys.all())).containsExactly("ever");
    assertThat(cache.delete("k")).isFalse();
    assertThat(cache.expire("k", Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void expireSetsAnotherTime() {
    cache.put("k", "v");
    assertThat(cache.expire("k", Duration.ofMinutes(5))).isTrue();
    turn(Duration.ofMinutes(4));
    assertThat(cache.expire("k", Duration.ofMinutes(5))).isTrue();
    turn(Duration.ofMinutes(4));
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.expire("k", Duration.ZERO)).isTrue();
    turn(Duration.ofDays(400));

    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void readingExtendsTheTimeIfThatIsConfigured() {
    cache.put("k", "v", Duration.ofMinutes(10));
    terms(new Terms(100, 100, true, true, Optional.empty()));
    turn(Duration.ofMinutes(9));
    assertThat(cache.get("k")).isEqualTo("v");
    turn(Duration.ofMinutes(9));

    assertThat(cache.get("k")).isEqualTo("v");
    turn(Duration.ofMinutes(9));
    assertThat(cache.contains("k")).isTrue();
    turn(Duration.ofMinutes(1));
    assertThat(cache.contains("k")).describedAs("that was no reading").isFalse();
  }

  @Test
  void settingAgainExtendsTheTimeOrNot() {
    terms(new Terms(100, 100, false, true, Optional.of(Duration.ofMinutes(10))));
    cache.put("usual", "1");
    cache.put("own", "1", Duration.ofMinutes(20));
    turn(Duration.ofMinutes(9));
    cache.put("usual", "2");
    cache.put("own", "2");
    turn(Duration.ofMinutes(9));
    assertThat(cache.get("usual")).isEqualTo("2");
    turn(Duration.ofMinutes(2));
    assertThat(cache.get("usual")).isNull();
    assertThat(cache.get("own")).describedAs("20 minutes from its last put").isEqualTo("2");

    terms(new Terms(100, 100, false, false, Optional.of(Duration.ofMinutes(10))));
    cache.put("usual", "1");
    turn(Duration.ofMinutes(9));
    cache.put("usual", "2");
    turn(Duration.ofMinutes(2));
    assertThat(cache.get("usual")).isNull();
  }

  @Test
  void theTimeThatIsConfiguredHoldsForWhatIsPutLater() {
    cache.put("k", "v");
    terms(new Terms(100, 100, false, true, Optional.of(Duration.ofMinutes(10))));
    turn(Duration.ofMinutes(20));
    assertThat(cache.get("k")).isEqualTo("v");

    cache.put("k", "v");
    turn(Duration.ofMinutes(11));
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void anEntryTellsWhatIsKnownOfIt() {
    assertThat(cache.entry("k")).isEmpty();
    cache.put("k", "one");
    turn(Duration.ofHours(3));
    cache.put("k", "two", Duration.ofDays(1));
    turn(Duration.ofHours(2));
    assertThat(cache.get("k")).isEqualTo("two");
    turn(Duration.ofHours(1));
    assertThat(cache.get("k")).isEqualTo("two");

    CacheEntry entry = cache.entry("k").orElseThrow();

    assertThat(entry.key()).isEqualTo("k");
    assertThat(entry.value()).isEqualTo("two");
    assertThat(entry.version()).isEqualTo(2);
    assertThat(entry.hits()).isEqualTo(2);
    Instant written = entry.lastWrite().orElseThrow();
    assertIsAbout(entry.previousWrite(), written.minus(Duration.ofHours(3)));
    assertIsAbout(entry.previousRead(), written.plus(Duration.ofHours(2)));
    assertIsAbout(entry.lastRead(), written.plus(Duration.ofHours(3)));
    assertThat(entry.expiry()).contains(Duration.ofDays(1));
    assertIsAbout(entry.expiresAt(), written.plus(Duration.ofDays(1)));
    assertThat(cache.entry("k").orElseThrow().hits()).isEqualTo(2);

    cache.put("k", "three", Duration.ZERO);
    CacheEntry third = cache.entry("k").orElseThrow();
    assertThat(third.version()).isEqualTo(3);
    assertThat(third.hits()).isEqualTo(2);
    assertThat(third.expiresAt()).isEmpty();
  }

  /** The clock of a Redis goes on while a test runs. */
  private static void assertIsAbout(Optional<Instant> time, Instant expected) {
    assertThat(time.orElseThrow()).isCloseTo(expected, within(30, ChronoUnit.MINUTES));
  }

  @Test
  void manyKeysAreMeantAtOnce() {
    for (String key : List.of("order.1", "order.2", "price.1", "price.2.net")) {
      cache.put(key, key);
    }
    assertThat(cache.get(CacheKeys.byPrefix("order.")))
        .containsOnlyKeys("order.1", "order.2")
        .containsEntry("order.1", "order.1");
    assertThat(cache.keys(CacheKeys.bySuffix(".1"))).containsOnly("order.1", "price.1");
    assertThat(cache.keys(CacheKeys.byRegex("^[a-z]+\\.\\d$")))
        .containsOnly("order.1", "order.2", "price.1");
    assertThat(cache.keys(CacheKeys.containing("ice"))).containsOnly("price.1", "price.2.net");
    assertThat(cache.keys(CacheKeys.notContaining("ice"))).containsOnly("order.1", "order.2");
    assertThat(cache.keys(CacheKeys.containingAll("2", "net"))).containsOnly("price.2.net");
    assertThat(cache.keys(CacheKeys.containingAny("net", "order"))).hasSize(3);

    assertThat(cache.put(CacheKeys.byPrefix("order"), "new")).isEqualTo(2);
    assertThat(cache.get("order.2")).isEqualTo("new");
    assertThat(cache.expire(CacheKeys.bySuffix(".1"), Duration.ofMinutes(1))).isEqualTo(2);
    turn(Duration.ofMinutes(2));
    assertThat(cache.keys(CacheKeys.all())).containsOnly("order.2", "price.2.net");
    assertThat(cache.delete(CacheKeys.containing("2"))).isEqualTo(2);
    cache.put("last", "v");
    cache.clear();
    assertThat(cache.keys(CacheKeys.all())).isEmpty();
    assertThat(caches.memory().used()).isZero();
  }

  @Test
  void whoAsksForACacheThatIsNotThereIsTold() {
    assertRefused(() -> caches.named("prices", new JsonCaller()), 404, "There is no cache prices");
    caches.open("prices", Terms.USUAL, false);
    Cache prices = caches.named("prices", new JsonCaller());
    prices.put("k", "v");
    caches.remove("prices");

    assertRefused(() -> prices.get("k"), 404, "There is no cache prices any more");
    assertRefused(() -> prices.put("k", "v"), 404, "There is no cache prices any more");
    assertRefused(() -> prices.keys(CacheKeys.all()), 404, "any more");
    assertRefused(() -> caches.named("prices", new JsonCaller()), 404, "There is no cache prices");
  }
}
