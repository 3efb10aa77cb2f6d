package org.caravanserai.cache.internal;

import java.time.Duration;
import java.util.Optional;
import org.caravanserai.cache.redis.Redis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The same as in memory, with a cache whose values are in a Redis. */
class RedisComputationTest extends ComputationTest {

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
}
