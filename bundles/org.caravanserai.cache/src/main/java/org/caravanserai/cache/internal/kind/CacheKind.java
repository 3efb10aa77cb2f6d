package org.caravanserai.cache.internal.kind;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.caravanserai.cache.internal.LiveCaches;
import org.caravanserai.cache.internal.RedisServer;
import org.caravanserai.cache.internal.Terms;
import org.caravanserai.cache.internal.http.CacheRest;
import org.caravanserai.http.RouteConflictException;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code cache}. */
@Component(service = ObjectKind.class, immediate = true)
public final class CacheKind implements ObjectKind<CacheObject> {

  private static final long USUAL_SIZE = 10_000;
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final LiveCaches caches;
  private final CacheRest rest;

  /** A kind without objects. */
  @Activate
  public CacheKind(@Reference LiveCaches caches, @Reference CacheRest rest) {
    this.caches = caches;
    this.rest = rest;
  }

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String help() {
    return "A cache that all services share; one called default is there without being configured.";
  }

  @Override
  public Class<CacheObject> type() {
    return CacheObject.class;
  }

  @Override
  public void validate(CacheObject object) throws InvalidObjectException {
    if (object.redis().isEmpty()) {
      return;
    }
    if (object.maxSize().isPresent()) {
      throw new InvalidObjectException(
          "max_size", "does not go with redis, which makes room by its own maxmemory-policy");
    }
    CacheObject.Redis redis = object.redis().get();
    if (redis.timeout().compareTo(SHORTEST) < 0) {
      throw new InvalidObjectException("redis", "timeout: expected at least 0.01");
    }
    try {
      RedisServer.check(redis.url());
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("redis", "url: " + e.getMessage());
    }
  }

  @Override
  public LiveObject<CacheObject> open(CacheObject object) throws Exception {
    apply(object);
    return new LiveObject<>() {
      @Override
      public void replace(CacheObject changed) throws Exception {
        apply(changed);
      }

      @Override
      public void close() {
        rest.revoke(object.name());
        caches.remove(object.name());
      }
    };
  }

  private void apply(CacheObject object)
      throws RouteConflictException, IOException, GeneralSecurityException {
    Optional<RedisServer> redis =
        object.redis().isEmpty() ? Optional.empty() : Optional.of(server(object.redis().get()));
    caches.checkDefault(object.name(), object.isDefault());
    rest.grant(object.name(), object.security());
    caches.open(
        object.name(),
        new Terms(
            object.maxSize().orElse(USUAL_SIZE),
            object.maxItemSize(),
            object.extendExpiryOnGet(),
            object.extendExpiryOnSet(),
            object.expiry()),
        redis,
        object.isDefault());
  }

  private static RedisServer server(CacheObject.Redis redis)
      throws IOException, GeneralSecurityException {
    return RedisServer.of(
        redis.url(),
        redis.sslCaFile(),
        redis.username(),
        redis.password(),
        redis.timeout(),
        redis.poolSize());
  }
}
