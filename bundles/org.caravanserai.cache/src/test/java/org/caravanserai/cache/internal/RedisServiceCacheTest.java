package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.caravanserai.cache.redis.Redis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same as in memory, with a cache whose values are in a Redis. */
class RedisServiceCacheTest extends ServiceCacheTest {

  private static Redis redis;

  @BeforeAll
  static void start() {
    redis = new Redis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void clear() {
    redis.clear();
  }

  @Override
  Optional<RedisServer> redis() {
    return Optional.of(RedisServers.at(redis));
  }

  @Override
  void turn(Duration by) {
    redis.turn(by);
  }

  @Test
  @Override
  void plainValuesAreWhatTheyWere() {
    List<Object> values =
        List.of(
            "text",
            "\u00e4\ud83d\udc2a\u0000",
            "",
            1,
            2L,
            1.5,
            new BigDecimal("2.50"),
            true,
            'c',
            UUID.randomUUID(),
            Instant.EPOCH,
            Duration.ZERO);
    for (Object value : values) {
      cache.put("k", value);
      assertThat((Object) cache.get("k", value.getClass())).isEqualTo(value);
    }
    cache.put("k", 7);
    assertThat(cache.get("k")).isEqualTo(7);
    cache.put("k", true);
    assertThat(cache.get("k")).isEqualTo(true);
    cache.put("k", Instant.EPOCH);
    assertThat(cache.get("k")).describedAs("as JSON has it").isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  @Override
  void nobodyChangesATreeThatIsKept() {
    List<Object> list = new ArrayList<>(Arrays.asList(1, "b", null));
    cache.put("k", Map.of("list", list));
    list.clear();

    ((Map<?, ?>) cache.get("k")).clear();
    assertThat(cache.get("k")).isEqualTo(Map.of("list", Arrays.asList(1, "b", null)));
  }
}
