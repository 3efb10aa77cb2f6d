package org.caravanserai.cache.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.caravanserai.cache.redis.Redis;

/** How caches of tests use the Redis of the tests. */
final class RedisServers {

  private RedisServers() {}

  /** One that patient caches use. */
  static RedisServer at(Redis redis) {
    return at(redis.url(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30));
  }

  static RedisServer at(
      String url, Optional<String> certificates, Optional<String> password, Duration timeout) {
    try {
      return RedisServer.of(url, certificates, Optional.empty(), password, timeout, 3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
