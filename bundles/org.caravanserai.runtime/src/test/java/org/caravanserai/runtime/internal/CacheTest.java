package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.api.Cache;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.CacheSource;
import org.caravanserai.spi.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The caches of services, up to who has them. */
class CacheTest {

  private final Server server = new Server();
  private final CacheSource<Cache> source = new Named();
  private Slot slot;

  /** Caches that know their names only. */
  private static final class Named implements CacheSource<Cache> {

    @Override
    public Cache usual(Caller caller) {
      return named("usual", caller);
    }

    @Override
    public Cache named(String name, Caller caller) {
      return (Cache)
          Proxy.newProxyInstance(
              Cache.class.getClassLoader(),
              new Class<?>[] {Cache.class},
              (proxy, method, arguments) -> name + " for " + caller.cid());
    }
  }

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
    server.parts.bindCaches(source);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  @Test
  void aCallGetsTheDefaultCacheAndOthersByTheirNames() {
    does(
        (input, context) -> {
          assertThat(context.cache().name()).isEqualTo("usual for " + context.cid());
          return context.cache("prices").name();
        });

    assertThat(server.invoke(slot, Map.of()).toString()).startsWith("prices for ");
  }

  @Test
  void withoutCachesItIsTriedLater() {
    server.parts.unbindCaches(source);
    does((input, context) -> context.cache().name());

    assertThatThrownBy(() -> server.invoke(slot, Map.of()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(503);
              assertThat(refusal.details()).contains("caches");
              assertThat(refusal.retryAfterSeconds()).isPositive();
            });
  }

  @Test
  void aCallThatHasEndedGetsNone() {
    CompletableFuture<Context> kept = new CompletableFuture<>();
    does(
        (input, context) -> {
          kept.complete(context);
          return null;
        });
    server.invoke(slot, Map.of());

    Context ended = Server.get(kept);
    assertThatThrownBy(ended::cache).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ended.cache("prices")).isInstanceOf(IllegalStateException.class);
  }
}
