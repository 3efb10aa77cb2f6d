package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.cache.internal.kind.CacheObject;
import org.caravanserai.cache.internal.kind.CacheObject.Redis;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches in a Redis as objects, and by REST. */
class RedisKindTest {

  private static CacheServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new CacheServer(Map.of());
    server.user("ann");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CacheObject object(Object... fields) {
    return Objects.of(
        CacheObject.class,
        "name",
        "prices",
        "security",
        List.of("ann"),
        "redis",
        Optional.of(Objects.of(Redis.class, fields)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis://cache", "rediss://cache:6380/15", "redis://[::1]:7000", "redis://h/"})
  void urlsAreTaken(String url) {
    assertThatCode(() -> server.kind.validate(object("url", url))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache:6379",
        "http://cache",
        "redis:cache",
        "redis://cache/one",
        "redis://cache?timeout=1",
        "redis://me:sesame@cache",
        "redis://ca che/sesame"
      })
  void urlsAreRefusedWithoutBeingRepeated(String url) {
    assertThatThrownBy(() -> server.kind.validate(object("url", url)))
        .isInstanceOfSatisfying(
            InvalidObjectException.class, refusal -> assertThat(refusal.field()).isEqualTo("redis"))
        .message()
        .startsWith("url: ")
        .doesNotContain("sesame");
  }

  @Test
  void limitsThatRedisDoesNotKnowAreRefused() {
    CacheObject limited =
        Objects.of(
            CacheObject.class,
            "name",
            "prices",
            "maxSize",
            Optional.of(5L),
            "redis",
            Optional.of(Objects.of(Redis.class, "url", "redis://cache")));
    assertThatThrownBy(() -> server.kind.validate(limited))
        .isInstanceOfSatisfying(
            InvalidObjectException.class,
            refusal -> assertThat(refusal.field()).isEqualTo("max_size"));
    assertThatThrownBy(
            () ->
                server.kind.validate(
                    object("url", "redis://cache", "timeout", java.time.Duration.ofMillis(1))))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessage("timeout: expected at least 0.01");
  }

  @Test
  void aFileThatIsNotThereIsToldAndChangesNothing() throws Exception {
    LiveObject<CacheObject> live = server.kind.open(CacheServer.object("prices", "ann"));
    assertThat(server.call("ann", "POST", "/cache/k?cache=prices", "{\"value\":1}").status())
        .isEqualTo(200);
    assertThatThrownBy(
            () ->
                live.replace(
                    object("url", "rediss://cache", "sslCaFile", Optional.of("/nowhere.crt"))))
        .hasMessage("there is no file /nowhere.crt");
    assertThat(server.call("ann", "GET", "/cache/k?cache=prices", "").status()).isEqualTo(200);
    live.close();
  }

  @Test
  void callersUseItByRestAndAreToldWhenItIsAway() throws Exception {
    try (org.caravanserai.cache.redis.Redis redis = new org.caravanserai.cache.redis.Redis()) {
      CacheObject object = object("url", redis.url());
      assertThat(object.toString()).doesNotContain(redis.url());
      LiveObject<CacheObject> live = server.kind.open(object);
      server.call("ann", "POST", "/cache/k?cache=prices", "{\"value\":{\"n\":1},\"expiry\":60}");
      assertThat(
              server
                  .call("ann", "GET", "/cache/k?cache=prices&details=true", "")
                  .json()
                  .path("expiry")
                  .asInt())
          .isEqualTo(60);
      assertThat(server.call("ann", "GET", "/cache/get/by-prefix/k?cache=prices", "").http().body())
          .isEqualTo("{\"count\":1,\"values\":{\"k\":{\"n\":1}}}");

      redis.stop();
      CacheServer.Answer away = server.call("ann", "GET", "/cache/k?cache=prices", "");
      assertThat(away.status()).isEqualTo(502);
      assertThat(away.details()).isEqualTo("The Redis of the cache prices can't be reached");
      live.close();
    }
  }
}
