package org.caravanserai.runtime.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

@SuppressWarnings("FutureReturnValueIgnored") // the services here return stages as objects
class InvokerTest {

  private static final String PLUGGED = "org.caravanserai.runtime.internal.server.plugged";

  /** Adds numbers. */
  @ServiceName("test.adder")
  public static class Adder implements Service<Adder.In, Adder.Out> {

    public record In(int a, int b) {}

    public record Out(int sum) {}

    @Override
    public Out handle(In input, Context context) {
      return new Out(input.a() + input.b());
    }
  }

  /** Returns its input, whatever it is. */
  @ServiceName("test.echo")
  public static class Echo implements Service<Object, Object> {
    @Override
    public Object handle(Object input, Context context) {
      return input;
    }
  }

  /** A stream that knows whether it was closed. */
  static final class Watched extends ByteArrayInputStream {

    volatile boolean closed;

    Watched(String text) {
      super(text.getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }

  private final Server server = new Server();
  private Slot plugged;

  @BeforeEach
  void start() {
    plugged = server.deploy(Server.Plugged.class);
    server.deploy(Adder.class);
    server.deploy(Echo.class);
  }

  @AfterEach
  void stop() {
    Server.Plugged.behaviour = (input, context) -> input;
    server.close();
    assertThat(MDC.get("cid")).isNull();
  }

  private Object run(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
    return server.invoke(plugged, "x");
  }

  private ServiceException failure(Service<Object, Object> behaviour) {
    return catchThrowableOfType(ServiceException.class, () -> run(behaviour));
  }

  @Test
  void aServiceIsCalledWithItsContext() {
    Call call = server.call(new Payload.Value("x"));
    Server.Plugged.behaviour =
        (input, context) -> {
          assertThat(context.cid()).isEqualTo(call.cid());
          assertThat(context.service()).isEqualTo(PLUGGED);
          assertThat(context.channel()).isEqualTo(Server.CHANNEL);
          assertThat(context.http()).isEmpty();
          assertThat(Thread.currentThread().getContextClassLoader())
              .isSameAs(Server.Plugged.class.getClassLoader());
          return "did " + input;
        };
    try (Reply reply = server.reply(plugged, call)) {
      assertThat(reply.failure()).isNull();
      assertThat(reply.value()).isEqualTo("did x");
      assertThat(reply.as(String.class)).isEqualTo("did x");
    }
  }

  @Test
  void documentsAreBoundAndRendered() {
    Slot adder = server.registry.slot("test.adder");
    try (Reply reply = server.reply(adder, server.call(Server.document("{\"a\":1,\"b\":2}")))) {
      assertThat(reply.render(DataFormat.JSON))
          .isInstanceOfSatisfying(
              Rendered.Bytes.class,
              bytes -> assertThat(new String(bytes.content(), UTF_8)).isEqualTo("{\"sum\":3}"));
      assertThat(reply.as(Map.class).get("sum")).isEqualTo(3);
      assertThat(reply.as(JsonNode.class)).hasToString("{\"sum\":3}");
      assertThat(reply.as(Adder.Out.class)).isEqualTo(new Adder.Out(3));
    }
    try (Reply reply = server.reply(adder, server.call(Server.document("{\"a\":1}")))) {
      assertThat(reply.failure()).hasMessage("/b: missing");
      assertThat(reply.failure().status()).isEqualTo(400);
      assertThat(reply.value()).isNull();
    }
    assertThat(server.registry.service("test.adder").orElseThrow())
        .matches(info -> info.calls() == 2 && info.failures() == 1);
  }

  @Test
  void everyLogLineInsideACallCarriesTheCid() {
    Call call = server.call(new Payload.Value("x"));
    try (CapturedLog log = new CapturedLog("ROOT")) {
      Server.Plugged.behaviour =
          (input, context) -> {
            LoggerFactory.getLogger("some.library").warn("from the library");
            context.log().info("from {}", "the service");
            Thread other = new Thread(() -> context.log().atInfo().log("from another thread"));
            other.start();
            other.join();
            context.log().error("with a failure", new IOException("x"));
            throw new IllegalStateException("broken");
          };
      MDC.put("cid", "outer");
      server.reply(plugged, call).close();
      assertThat(MDC.get("cid")).isEqualTo("outer");
      MDC.remove("cid");
      assertThat(log.events())
          .hasSize(5)
          .allSatisfy(
              event -> assertThat(event.getMDCPropertyMap()).containsEntry("cid", call.cid()));
      assertThat(log.events().get(1).getLoggerName()).isEqualTo(PLUGGED);
      assertThat(log.events().get(1).getFormattedMessage()).isEqualTo("from the service");
      assertThat(log.text()).contains("with a failure java.io.IOException: x");
    }
  }

  @Test
  void failuresMeantForTheCallerPassAndAreNotLogged() {
    try (CapturedLog log = new CapturedLog("ROOT")) {
      ServiceException meant = new ServiceException(409, "taken");
      assertThat(
              failure(
                  (input, context) -> {
                    throw meant;
                  }))
          .isSameAs(meant);
      assertThat(log.events()).isEmpty();
    }
  }

  @Test
  void allOtherFailuresAreLoggedOnceAndSayNothing() {
    for (Throwable each :
        new Throwable[] {
          new IOException("secret"),
          new NullPointerException(),
          new StackOverflowError(),
          new OutOfMemoryError("secret"),
          new NoClassDefFoundError("com/acme/Gone")
        }) {
      try (CapturedLog log = new CapturedLog("ROOT")) {
        ServiceException failure =
            failure(
                (input, context) -> {
                  if (each instanceof Error error) {
                    throw error;
                  }
                  throw (Exception) each;
                });
        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure.details()).isEqualTo("Internal error");
        assertThat(log.events()).hasSize(1);
        ILoggingEvent event = log.events().get(0);
        assertThat(event.getLevel()).isEqualTo(Level.ERROR);
        assertThat(event.getLoggerName()).isEqualTo(PLUGGED);
        assertThat(event.getFormattedMessage()).contains(PLUGGED, "Plugged rev-1");
        assertThat(event.getThrowableProxy().getClassName()).isEqualTo(each.getClass().getName());
      }
    }
  }

  /** An output whose writing fails. */
  public static class Unwritable {
    public String getName() {
      throw new IllegalStateException("no name");
    }
  }

  @Test
  void anOutputThatCanNotBeWrittenIsA500AndLogged() {
    Server.Plugged.behaviour = (input, context) -> new Unwritable();
    try (CapturedLog log = new CapturedLog("ROOT");
        Reply reply = server.reply(plugged, "x")) {
      assertThatThrownBy(() -> reply.render(DataFormat.JSON))
          .isInstanceOf(ServiceException.class)
          .hasMessage("Internal error");
      assertThat(log.text()).contains("can't be written");
    }
  }

  @Test
  void streamsAreClosedWhenTheReplyIs() {
    Watched in = new Watched("1");
    Watched out = new Watched("out");
    Server.Plugged.behaviour = (input, context) -> out;
    Call call = server.call(new Payload.Stream(in, DataFormat.RAW, Map.of()));
    Reply reply = server.reply(plugged, call);
    Watched refused = new Watched("");
    server.reply(server.registry.slot("none"), refused).close();
    assertThat(refused.closed).isTrue();
    assertThat(out.closed).isFalse();
    assertThat(reply.render(DataFormat.RAW)).isInstanceOf(Rendered.Stream.class);
    reply.close();
    assertThat(in.closed).isTrue();
    assertThat(out.closed).isTrue();
  }

  @Test
  void aServiceCallsAnother() {
    assertThat(
            run(
                (input, context) ->
                    context.invoke("test.adder", Map.of("a", 1, "b", 2), Adder.Out.class)))
        .isEqualTo(new Adder.Out(3));
    assertThat(
            run(
                (input, context) ->
                    context.invoke("test.adder", new Adder.In(1, 2), JsonNode.class)))
        .hasToString("{\"sum\":3}");
    Object same = new Object();
    assertThat(run((input, context) -> context.invoke("test.echo", same, Object.class)))
        .isSameAs(same);
    assertThat(run((input, context) -> context.invoke("test.echo", "x", Void.class))).isNull();
    record Seen(Channel channel, String cid) {}
    AtomicReference<Seen> seen = new AtomicReference<>();
    Service<Object, Object> inner =
        (input, context) -> {
          seen.set(new Seen(context.channel(), context.cid()));
          return null;
        };
    assertThat(
            run(
                (input, context) -> {
                  Server.Plugged.behaviour = inner;
                  context.invoke(PLUGGED, null, Void.class);
                  assertThat(MDC.get("cid")).isEqualTo(context.cid());
                  return context.cid();
                }))
        .isEqualTo(seen.get().cid());
    assertThat(seen.get().channel())
        .isEqualTo(new Channel("invoke", PLUGGED, Server.CHANNEL.user()));
  }

  @Test
  void failuresOfAnotherServiceArriveAsTheyAre() {
    assertThat(failure((input, context) -> context.invoke("none", "x", Void.class)))
        .hasMessage("Service none is not deployed")
        .matches(failure -> failure.status() == 503 && failure.retryAfterSeconds() == 1);
    assertThat(
            failure((input, context) -> context.invoke("test.adder", Map.of("a", "1"), Void.class)))
        .hasMessage("/a: expected a whole number, got text")
        .matches(failure -> failure.status() == 400);
    assertThat(
            failure(
                (input, context) ->
                    context.invoke("test.adder", new Adder.In(1, 2), Integer.class)))
        .hasMessageStartingWith("The output of test.adder does not fit: /: expected a whole")
        .matches(failure -> failure.status() == 500);
    assertThat(server.registry.service("test.adder").orElseThrow().inside()).isZero();
  }

  @Test
  void callsGoOnlySoDeep() {
    try (CapturedLog log = new CapturedLog("ROOT")) {
      assertThat(failure((input, context) -> context.invoke(PLUGGED, input, Object.class)))
          .hasMessage("Services call each other more than 100 deep, last " + PLUGGED)
          .matches(failure -> failure.status() == 508);
      assertThat(log.events()).isEmpty();
    }
    assertThat(plugged.current().orElseThrow().inside()).isZero();
  }

  @Test
  void aStreamOfAnotherServiceIsReadByTheCaller() {
    Watched stream = new Watched("abc");
    assertThat(
            run(
                (input, context) -> {
                  InputStream read = context.invoke("test.echo", stream, InputStream.class);
                  assertThat(server.registry.service("test.echo").orElseThrow().inside())
                      .isEqualTo(1);
                  return new String(read.readAllBytes(), UTF_8);
                }))
        .isEqualTo("abc");
    assertThat(stream.closed).isTrue();
    assertThat(server.registry.service("test.echo").orElseThrow().inside()).isZero();
    Watched passedOn = new Watched("abc");
    Server.Plugged.behaviour =
        (input, context) -> context.invoke("test.echo", passedOn, InputStream.class);
    try (Reply reply = server.reply(plugged, "x")) {
      assertThat(passedOn.closed).isFalse();
      assertThat(reply.as(String.class)).isEqualTo("abc");
    }
    assertThat(passedOn.closed).isTrue();
    assertThat(
            run(
                (input, context) -> {
                  try (InputStream read =
                      context.invoke("test.echo", new Watched("a"), InputStream.class)) {
                    read.read();
                  }
                  return server.registry.service("test.echo").orElseThrow().inside();
                }))
        .isEqualTo(0L);
  }

  @Test
  void stagesEndTheCallWhenTheyComplete() {
    assertThat(run((input, context) -> CompletableFuture.supplyAsync(() -> "later")))
        .isEqualTo("later");
    ServiceException meant = new ServiceException(404, "gone");
    assertThat(failure((input, context) -> CompletableFuture.failedFuture(meant))).isSameAs(meant);
    assertThat(
            failure(
                (input, context) ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          throw meant;
                        })))
        .isSameAs(meant);
    try (CapturedLog log = new CapturedLog("ROOT")) {
      assertThat(
              failure(
                  (input, context) -> CompletableFuture.failedFuture(new IOException("secret"))))
          .hasMessage("Internal error");
      assertThat(log.text()).contains("java.io.IOException: secret");
      assertThat(log.events().get(0).getMDCPropertyMap()).containsKey("cid");
    }
    assertThat(
            run(
                (input, context) -> {
                  Server.Plugged.behaviour =
                      (again, inner) -> CompletableFuture.supplyAsync(() -> 7);
                  return context.invoke(PLUGGED, "x", Integer.class);
                }))
        .isEqualTo(7);
  }

  @Test
  void servicesAreCalledWithoutWaiting() {
    Slot adder = server.registry.slot("test.adder");
    assertThat(
            run(
                (input, context) ->
                    context
                        .invokeAsync("test.adder", Map.of("a", 1, "b", 2), Map.class)
                        .thenApply(sum -> "sum " + sum.get("sum"))))
        .isEqualTo("sum 3");
    assertThat(
            failure(
                (input, context) -> {
                  CompletionStage<Object> none = context.invokeAsync("none", "x", Object.class);
                  return none;
                }))
        .hasMessage("Service none is not deployed");
    assertThat(
            failure((input, context) -> context.invokeAsync("test.adder", Map.of(), Object.class)))
        .hasMessage("/a: missing");
    await()
        .until(
            () ->
                adder.current().orElseThrow().inside() == 0
                    && plugged.current().orElseThrow().inside() == 0);
  }

  @Test
  void aCallWithoutWaitingHoldsItsCallersRevisionUntilItHasAnswered() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Slot inner = server.deploy(Waiting.class);
    Waiting.go = go;
    AtomicReference<CompletionStage<Object>> later = new AtomicReference<>();
    run(
        (input, context) -> {
          later.set(context.invokeAsync("test.waiting", "x", Object.class));
          return "fired";
        });
    assertThat(plugged.current().orElseThrow().inside()).isEqualTo(1);
    go.countDown();
    assertThat(Server.get(later.get().toCompletableFuture())).isEqualTo("x");
    await()
        .until(
            () ->
                plugged.current().orElseThrow().inside() == 0
                    && inner.current().orElseThrow().inside() == 0);
  }

  /** Waits until it is told to go. */
  @ServiceName("test.waiting")
  public static class Waiting implements Service<Object, Object> {

    static volatile CountDownLatch go = new CountDownLatch(0);

    @Override
    public Object handle(Object input, Context context) throws InterruptedException {
      go.await();
      return input;
    }
  }

  @Test
  void aFullServerFailsTheStageOfACallWithoutWaiting() {
    try (Server tiny = new Server("threads", 2, "queue", 0)) {
      Slot slot = tiny.deploy(Server.Plugged.class);
      tiny.deploy(Waiting.class);
      CountDownLatch go = new CountDownLatch(1);
      Waiting.go = go;
      Server.Plugged.behaviour =
          (input, context) -> {
            CompletionStage<Object> first = context.invokeAsync("test.waiting", "a", Object.class);
            CompletionStage<Object> second = context.invokeAsync("test.waiting", "b", Object.class);
            ServiceException busy =
                catchThrowableOfType(
                                CompletionException.class,
                                () -> second.toCompletableFuture().join())
                            .getCause()
                        instanceof ServiceException failure
                    ? failure
                    : null;
            go.countDown();
            return first.thenApply(any -> busy.status());
          };
      assertThat(tiny.invoke(slot, "x")).isEqualTo(503);
    }
  }

  @Test
  void waitingForAnotherServiceEndsWithTheCallersTime() throws Exception {
    try (Server quick = new Server("sweep__interval", 5)) {
      Slot slot = quick.deploy(Server.Plugged.class);
      AtomicReference<Throwable> seen = new AtomicReference<>();
      CompletableFuture<Object> never = new CompletableFuture<>();
      CountDownLatch ended = new CountDownLatch(1);
      Server.Plugged.behaviour =
          (input, context) -> {
            Server.Plugged.behaviour = (again, inner) -> never;
            try {
              return context.invoke(PLUGGED, "x", Object.class);
            } catch (ServiceException failure) {
              seen.set(failure);
              throw failure;
            } finally {
              ended.countDown();
            }
          };
      assertThat(Server.get(quick.submit(slot, Duration.ofMillis(30), "x"))).isEqualTo("timed out");
      ended.await();
      assertThat(seen.get())
          .isInstanceOfSatisfying(
              ServiceException.class, failure -> assertThat(failure.status()).isEqualTo(504));
      await().until(() -> slot.current().orElseThrow().inside() == 0);
    }
  }

  @Test
  void outsideOfThePoolWaitingHasALimitToo() {
    try (Server quick = new Server("async__timeout", 20)) {
      Slot slot = quick.deploy(Server.Plugged.class);
      CompletableFuture<Object> never = new CompletableFuture<>();
      Server.Plugged.behaviour =
          (input, context) -> {
            Server.Plugged.behaviour = (again, inner) -> never;
            return context.invoke(PLUGGED, "x", Object.class);
          };
      assertThatThrownBy(() -> quick.invoke(slot, "x"))
          .isInstanceOfSatisfying(
              ServiceException.class, failure -> assertThat(failure.status()).isEqualTo(504));
      never.complete("too late");
      assertThat(slot.current().orElseThrow().inside()).isZero();
    }
  }

  @Test
  void aContextIsOfNoUseAfterItsCall() {
    AtomicReference<Context> kept = new AtomicReference<>();
    run(
        (input, context) -> {
          kept.set(context);
          return null;
        });
    assertThatThrownBy(() -> kept.get().invoke("test.echo", "x", Object.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void cidsAreLongPlainAndNeverTheSame() {
    Set<String> cids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      cids.add(server.invoker.newCid());
    }
    assertThat(cids).hasSize(10_000).allMatch(cid -> cid.matches("[0-9a-z]{26}"));
  }
}
