package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.Cache;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.CacheItem;
import org.caravanserai.cache.CacheStatus;
import org.caravanserai.cache.ItemPage;
import org.caravanserai.metrics.internal.MetricsComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches as operators see them, and their metrics. */
class LiveDeskTest {

  private final Hand clock = new Hand();
  private final LiveCaches caches = new LiveCaches(1_000_000, clock);
  private final LiveDesk desk = new LiveDesk(caches);
  private final Cache cache = caches.usual(new JsonCaller());

  @AfterEach
  void close() {
    caches.close();
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void cachesAreListedWithTheirFigures() {
    caches.open("prices", Terms.USUAL, true);
    cache.put("a", "v");
    cache.get("a");
    cache.get("b");

    assertThat(desk.caches()).extracting(CacheStatus::name).containsExactly("default", "prices");
    CacheStatus status = desk.cache("default");
    assertThat(status.isDefault()).isFalse();
    assertThat(desk.cache("prices").isDefault()).isTrue();
    assertThat(status.size()).contains(1L);
    assertThat(status.maxSize()).contains(10_000L);
    assertThat(status.problem()).isEmpty();
    assertThat(status.bytes()).isPositive();
    assertThat(List.of(status.hits(), status.misses(), status.writes()))
        .containsExactly(1L, 1L, 1L);
    assertThatThrownBy(() -> desk.cache("other")).isInstanceOf(ServiceException.class);
  }

  @Test
  void valuesAreSearchedAndPaged() {
    for (int i = 0; i < 25; i++) {
      cache.put("order.%02d".formatted(i), Map.of("item", i % 5 == 0 ? "Tea" : "coffee"));
    }
    ItemPage page = desk.items("default", "", 10, 5);
    assertThat(page.total()).isEqualTo(25);
    assertThat(page.items()).extracting(CacheItem::key).startsWith("order.10").hasSize(5);
    assertThat(page.items().get(0).text()).contains("{\"item\":\"Tea\"}");
    assertThat(page.items().get(0).value()).isEmpty();
    assertThat(desk.items("default", "tea", 0, 50).total()).isEqualTo(5);
    assertThat(desk.items("default", "ORDER.1", 0, 50).total()).isEqualTo(10);
    assertThat(desk.items("default", "nothing", 0, 50).items()).isEmpty();
    cache.put("long", "x".repeat(1000));
    assertThat(desk.items("default", "long", 0, 1).items().get(0).text().orElseThrow())
        .hasSize(201);
    assertThat(desk.item("default", "order.00").hits()).describedAs("nobody read it").isZero();
  }

  @Test
  void aValueIsPutLookedAtAndDeleted() {
    desk.put("default", "k", json("{\"a\":[1.50,\"x\"]}"), Optional.of(Duration.ofSeconds(90)));
    CacheItem item = desk.item("default", "k");
    assertThat(item.type()).isEqualTo("object");
    assertThat(item.value().orElseThrow()).hasToString("{\"a\":[1.50,\"x\"]}");
    assertThat(item.expirySeconds()).contains(90.0);
    assertThat(cache.get("k")).isEqualTo(Map.of("a", List.of(new BigDecimal("1.50"), "x")));

    desk.delete("default", "k");
    assertThatThrownBy(() -> desk.delete("default", "k"))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(404));
    assertThatThrownBy(() -> desk.item("default", "k")).isInstanceOf(ServiceException.class);
    assertThatThrownBy(() -> desk.put("default", "k", json("{"), Optional.empty()))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @Test
  void eachSortOfValueHasItsName() {
    Map<String, Object> values =
        Map.of(
            "text",
            "x",
            "number",
            1,
            "boolean",
            true,
            "bytes",
            new byte[] {1},
            "time",
            LocalDate.EPOCH,
            "list",
            List.of(1),
            "object",
            Map.of());
    values.forEach(
        (type, value) -> {
          cache.put("k", value);
          assertThat(desk.item("default", "k").type()).isEqualTo(type);
        });
  }

  @Test
  void whoDeletesAllConfirmsIt() {
    cache.put("a", 1);
    cache.put("b", 1);
    assertThatThrownBy(() -> desk.clear("default", ""))
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(422));
    assertThat(cache.size()).isEqualTo(2);

    assertThat(desk.clear("default", "default")).isEqualTo(2);
    assertThat(cache.size()).isZero();
  }

  @Test
  void metricsSayHowItIs() throws Exception {
    MetricsComponent metrics = new MetricsComponent();
    CacheMetrics told = new CacheMetrics(caches, metrics);
    cache.put("a", 1);
    cache.get("a");
    cache.get("b");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(null, out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("serai_cache_entries{cache=\"default\"} 1.0")
        .contains("serai_cache_hits_total{cache=\"default\"} 1.0")
        .contains("serai_cache_misses_total{cache=\"default\"} 1.0")
        .contains("serai_cache_writes_total{cache=\"default\"} 1.0")
        .contains("serai_cache_evictions_total{cache=\"default\"} 0.0");
    told.stop();
    out.reset();
    metrics.write(null, out);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("serai_cache");
  }
}
