package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.Context;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.ConnectionSource;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.LiveConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

  /** What the services of the tests see of a connection. */
  interface Door {
    Caller caller();
  }

  /** What a service makes JSON of. */
  public record Point(int x, int y) {}

  private final Server server = new Server();
  private final Table table = new Table();
  private Slot slot;

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
    server.parts.bindConnections(table);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Object call(org.caravanserai.api.Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
    return server.invoke(slot, Map.of());
  }

  @Test
  void aServiceGetsAConnectionBoundToItsCall() {
    assertThat(
            call(
                (input, context) ->
                    context.connection(Door.class, "front").caller().cid().equals(context.cid())))
        .isEqualTo(true);
  }

  @Test
  void whatIsNotThereIs503InWords() {
    assertThatThrownBy(() -> call((input, context) -> context.connection(Door.class, "back")))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(503);
              assertThat(failure.retryAfterSeconds()).isEqualTo(1);
              assertThat(failure.details()).isEqualTo("Connection back is not open: it is locked");
            });
    server.parts.unbindConnections(table);
    assertThatThrownBy(() -> call((input, context) -> context.connection(Door.class, "front")))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("not there yet");
  }

  @Test
  void anotherTableThatGoesTakesNothingAway() {
    server.parts.unbindConnections(new Table());
    assertThat(call((input, context) -> context.connection(Door.class, "front") != null))
        .isEqualTo(true);
  }

  /** What the services of the tests see of a connection that is no object. */
  record Window(String name, String cid) {}

  /** Has one window. */
  private static final class Windows implements ConnectionSource<Window> {
    @Override
    public Class<Window> facade() {
      return Window.class;
    }

    @Override
    public @Nullable Window find(String name, Caller caller) {
      return name.equals("north") ? new Window(name, caller.cid()) : null;
    }

    @Override
    public Connections.Absence absence(String name) {
      return new Connections.Absence("There is no window " + name, "");
    }
  }

  @Test
  void aSourceHasConnectionsThatAreNoObjects() {
    Windows windows = new Windows();
    server.parts.bindSource(windows);
    assertThat(
            call(
                (input, context) ->
                    context
                        .connection(Window.class, "north")
                        .equals(new Window("north", context.cid()))))
        .isEqualTo(true);
    assertThatThrownBy(() -> call((input, context) -> context.connection(Window.class, "south")))
        .isInstanceOf(ServiceException.class)
        .hasMessage("There is no window south");
    server.parts.unbindSource(windows);
    assertThatThrownBy(() -> call((input, context) -> context.connection(Window.class, "north")))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void whatIsReadPieceByPieceIsClosedAtTheEndOfTheCall() {
    List<String> closed = new ArrayList<>();
    AtomicReference<Caller> kept = new AtomicReference<>();
    AtomicReference<Context> context = new AtomicReference<>();
    call(
        (input, own) -> {
          Caller caller = own.connection(Door.class, "front").caller();
          kept.set(caller);
          context.set(own);
          caller.closeAtEnd(() -> closed.add("first"));
          caller.closeAtEnd(() -> closed.add("second"));
          assertThat(closed).isEmpty();
          return "";
        });
    assertThat(closed).containsExactly("second", "first");
    assertThatThrownBy(() -> kept.get().closeAtEnd(() -> closed.add("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("second", "first", "late");
    assertThatThrownBy(() -> context.get().connection(Door.class, "front"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void workThatGoesOnKeepsTheRevision() {
    AtomicReference<Runnable> work = new AtomicReference<>();
    call(
        (input, context) -> {
          work.set(context.connection(Door.class, "front").caller().stay());
          return "";
        });
    assertThat(inside()).isEqualTo(1);
    work.get().run();
    assertThat(inside()).isZero();
  }

  private long inside() {
    return server.registry.services().get(0).inside();
  }

  @Test
  void jsonIsWrittenAndReadAsTheServicesOwn() {
    assertThat(
            call(
                (input, context) -> {
                  Caller caller = context.connection(Door.class, "front").caller();
                  return new String(caller.toJson(new Point(1, 2)), StandardCharsets.UTF_8);
                }))
        .isEqualTo("{\"x\":1,\"y\":2}");
    assertThat(
            call(
                (input, context) ->
                    context
                        .connection(Door.class, "front")
                        .caller()
                        .fromJson(
                            "{\"x\":1,\"y\":2,\"z\":3}".getBytes(StandardCharsets.UTF_8),
                            Point.class)))
        .isEqualTo(new Point(1, 2));
    assertThatThrownBy(
            () ->
                call(
                    (input, context) -> {
                      Caller caller = context.connection(Door.class, "front").caller();
                      assertThatThrownBy(
                              () ->
                                  caller.fromJson(
                                      "{\"x\":1}".getBytes(StandardCharsets.UTF_8), Point.class))
                          .isInstanceOf(IllegalArgumentException.class)
                          .hasMessageContaining("/y: missing");
                      throw new ServiceException(418, "seen");
                    }))
        .hasMessage("seen");
  }

  @Test
  void theTimeThatIsLeftIsTheCallersOwn() throws Exception {
    Server.Plugged.behaviour =
        (input, context) -> context.connection(Door.class, "front").caller().nanosLeft();
    assertThat((Long) server.invoke(slot, Map.of())).isEqualTo(Long.MAX_VALUE);
    assertThat((Long) Server.get(server.submit(slot, Duration.ofSeconds(30), Map.of())))
        .isBetween(1L, Duration.ofSeconds(30).toNanos());
  }

  @Test
  void whoIsNoServiceHasACallerToo() {
    List<AutoCloseable> held = new ArrayList<>();
    Caller caller = server.invoker.outsider("abc", held::add);
    assertThat(caller.cid()).isEqualTo("abc");
    assertThat(caller.nanosLeft()).isEqualTo(Long.MAX_VALUE);
    caller.closeAtEnd(() -> {});
    assertThat(held).hasSize(1);
    caller.stay().run();
    assertThat(new String(caller.toJson(Map.of("a", 1)), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":1}");
    assertThat(caller.fromJson("{\"a\":1}".getBytes(StandardCharsets.UTF_8), Object.class))
        .isEqualTo(Map.of("a", 1));
    assertThatThrownBy(() -> caller.fromJson("{".getBytes(StandardCharsets.UTF_8), Map.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** One door, called front. */
  private static final class Table implements Connections {

    @Override
    @SuppressWarnings("unchecked") // there is one facade
    public <F> LiveConnection<?, F> find(Class<F> facade, String name) {
      return name.equals("front") ? (LiveConnection<?, F>) new FrontDoor() : null;
    }

    @Override
    public List<OpenConnection> named(String name) {
      return List.of();
    }

    @Override
    public Absence absence(Class<?> facade, String name) {
      return new Absence("Connection " + name + " is not open: it is locked", "key lost");
    }
  }

  /** No fields. */
  record Nothing() {}

  private static final class FrontDoor implements LiveConnection<Nothing, Door> {

    @Override
    public Door facade(Caller caller) {
      return () -> caller;
    }

    @Override
    public String ping() {
      return "";
    }

    @Override
    public void replace(Nothing object) {}

    @Override
    public void close() {}
  }
}
