package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.caravanserai.api.Lock;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of services. */
@SuppressWarnings("FutureReturnValueIgnored") // the service here returns a stage as an object
class LockTest {

  private static final Duration LONG = Duration.ofHours(1);
  private final Server server = new Server();
  private Slot slot;

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  private void refuses(int status, Service<Object, Object> behaviour) {
    does(behaviour);
    assertThatThrownBy(() -> server.invoke(slot, Map.of()))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.status()).isEqualTo(status));
  }

  @Test
  void oneCallAtATimeHasIt() {
    refuses(
        409,
        (input, context) -> {
          Lock held = context.lock("a", LONG, Duration.ZERO);
          assertThat(held.isHeld()).isTrue();
          assertThat(held.name()).isEqualTo("a");
          try (Lock other = context.lock("b", LONG, Duration.ZERO)) {
            assertThat(other.isHeld()).isTrue();
          }
          return context.lock("a", LONG, Duration.ofMillis(1));
        });
    does(
        (input, context) -> {
          Lock held = context.lock("a", LONG, Duration.ZERO);
          held.close();
          held.close();
          assertThat(held.isHeld()).isFalse();
          return context.lock("a", LONG, Duration.ZERO).isHeld();
        });
    assertThat(server.invoke(slot, Map.of())).as("it ended with the call before").isEqualTo(true);
  }

  @Test
  void itEndsWithItsTime() {
    does(
        (input, context) -> {
          Lock dying = context.lock("a", Duration.ofMillis(1), Duration.ZERO);
          Lock next = context.lock("a", LONG, Duration.ofSeconds(20));
          assertThat(dying.isHeld()).isFalse();
          dying.close();
          return next.isHeld();
        });
    assertThat(server.invoke(slot, Map.of())).isEqualTo(true);
  }

  @Test
  void whoeverWaitsGetsItWhenItIsLetGoOf() {
    CompletableFuture<Lock> first = new CompletableFuture<>();
    CompletableFuture<Object> end = new CompletableFuture<>();
    does(
        (input, context) -> {
          if (input.equals("first")) {
            first.complete(context.lock("a", LONG, Duration.ZERO));
            return end;
          }
          return context.lock("a", LONG, Duration.ofSeconds(20)).isHeld();
        });
    CompletableFuture<Object> holder = submit("first");
    Server.get(first);
    CompletableFuture<Object> waiter = submit("second");
    Server.get(first).close();
    assertThat(Server.get(waiter)).isEqualTo(true);
    end.complete("");
    assertThat(Server.get(holder)).isNotNull();
  }

  private CompletableFuture<Object> submit(String input) {
    try {
      return server.submit(slot, Duration.ofSeconds(60), input);
    } catch (org.caravanserai.runtime.BusyException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nonsenseIsRefused() {
    refuses(400, (input, context) -> context.lock(" "));
    refuses(400, (input, context) -> context.lock("x".repeat(151)));
    refuses(400, (input, context) -> context.lock("a", Duration.ZERO, Duration.ZERO));
    refuses(400, (input, context) -> context.lock("a", Duration.ofDays(2), Duration.ZERO));
    refuses(400, (input, context) -> context.lock("a", LONG, Duration.ofMillis(-1)));
  }

  @Test
  void aSharedDatabaseGivesThem() {
    Lease away =
        new Lease() {
          @Override
          public boolean isShared() {
            return true;
          }

          @Override
          public Claim claim(String name, Consumer<Boolean> told) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Optional<Claim> hold(String name, Duration ttl, Duration wait) {
            throw new IllegalStateException("The database of locks is not there");
          }
        };
    server.parts.bindLease(away);
    refuses(503, (input, context) -> context.lock("a"));
    server.parts.unbindLease(away);
    does((input, context) -> context.lock("a").isHeld());
    assertThat(server.invoke(slot, Map.of())).isEqualTo(true);
  }
}
