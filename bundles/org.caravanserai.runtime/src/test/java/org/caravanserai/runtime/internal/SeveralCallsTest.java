package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.CallResult;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.runtime.internal.Helpers.Name;
import org.caravanserai.runtime.internal.Helpers.Second;
import org.caravanserai.runtime.internal.Helpers.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several services called at once. */
class SeveralCallsTest {

  private final Server server =
      new Server("threads", 2, "max__concurrency__percent", 100, "sweep__interval", 5);
  private Slot slot;

  @BeforeEach
  void deploy() {
    Helpers.TOLD.clear();
    Helpers.TypedSink.ANSWERS.clear();
    Second.behaviour = (input, context) -> input;
    slot = server.deploy(Server.Plugged.class);
    server.deploy(Helpers.Hello.class);
    server.deploy(Second.class);
    server.deploy(Helpers.Sink.class);
    server.deploy(Helpers.TypedSink.class);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  private static List<Told> told(int count) {
    await().until(() -> Helpers.TOLD.size() >= count);
    return List.copyOf(Helpers.TOLD);
  }

  @Test
  void resultsAreInTheOrderOfTheCallsAndFailuresAreAmongThem() {
    does(
        (input, context) -> {
          List<CallResult> results =
              context
                  .parallel()
                  .call("test.hello", new Name("Ann"))
                  .call("test.nobody", null)
                  .call("test.hello", Map.of("nome", "Bob"))
                  .call("test.hello", Map.of("name", "Cid"))
                  .await();
          assertThat(results)
              .extracting(CallResult::target)
              .containsExactly("test.hello", "test.nobody", "test.hello", "test.hello");
          assertThat(results).extracting(CallResult::ok).containsExactly(true, false, false, true);
          assertThat(results.get(1).failure().orElseThrow().status()).isEqualTo(503);
          assertThatThrownBy(() -> results.get(2).response(Map.class))
              .isInstanceOf(ServiceException.class)
              .hasMessage("/name: missing");
          assertThat(results.get(0).respondedAt()).isAfterOrEqualTo(results.get(0).requestedAt());
          return results.get(3).response(JsonNode.class).get("greeting").asText();
        });

    assertThat(server.invoke(slot, Map.of())).isEqualTo("Hello, Cid");
  }

  @Test
  void theyRunAtTheSameTime() throws Exception {
    CyclicBarrier all = new CyclicBarrier(2);
    Second.behaviour = (input, context) -> all.await(20, TimeUnit.SECONDS);
    does(
        (input, context) ->
            context.parallel().call("test.second", 1).call("test.second", 2).await().stream()
                .allMatch(CallResult::ok));

    CompletableFuture<Object> answer = server.submit(slot, Duration.ofSeconds(20), Map.of());

    assertThat(Server.get(answer)).isEqualTo(true);
  }

  @Test
  void callsThatWaitForEachOtherDoNotBlockThePool() throws Exception {
    AtomicInteger leaves = new AtomicInteger();
    Service<Object, Object> fork =
        (input, context) -> {
          if (((Number) input).intValue() == 0) {
            leaves.incrementAndGet();
            return "leaf";
          }
          Object less = ((Number) input).intValue() - 1;
          return context
              .parallel()
              .call("test.second", less)
              .call("test.second", less)
              .call("test.second", less)
              .await()
              .stream()
              .allMatch(CallResult::ok);
        };
    Second.behaviour = fork;
    does(fork);

    List<CompletableFuture<Object>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(server.submit(slot, Duration.ofSeconds(20), 4));
    }

    assertThat(answers).allSatisfy(answer -> assertThat(Server.get(answer)).isEqualTo(true));
    assertThat(leaves.get()).isEqualTo(6 * 3 * 3 * 3 * 3);
  }

  @Test
  void whatACallHasNoTimeForAnyMoreIsInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<List<CallResult>> results = new AtomicReference<>();
    Second.behaviour =
        (input, context) -> {
          begun.countDown();
          try {
            return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
          } catch (InterruptedException expected) {
            interrupted.countDown();
            throw expected;
          }
        };
    does(
        (input, context) -> {
          results.set(
              context
                  .parallel()
                  .call("test.hello", Map.of("name", "Ann"))
                  .call("test.second", 1)
                  .await());
          return "late";
        });

    CompletableFuture<Object> answer = server.submit(slot, Duration.ofMillis(300), Map.of());

    // Who is told first that the time is up, the channel or the service, is open.
    assertThat(Server.get(answer)).isIn("timed out", "late");
    await().until(() -> results.get() != null);
    if (begun.getCount() == 0) {
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(results.get().get(1).failure().orElseThrow().status()).isEqualTo(504);
  }

  @Test
  void whoIsCalledHasNoMoreTimeThanTheCaller() throws Exception {
    AtomicReference<Long> left = new AtomicReference<>();
    Second.behaviour =
        (input, context) -> {
          left.set(((Invocation) context).task().nanosLeft());
          return 1;
        };
    does(
        (input, context) ->
            context.parallel().call("test.second", 1).call("test.second", 2).await().size());

    CompletableFuture<Object> answer = server.submit(slot, Duration.ofSeconds(10), Map.of());

    assertThat(Server.get(answer)).isEqualTo(2);
    assertThat(left.get()).isLessThanOrEqualTo(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void eachTargetHasItsCallback() {
    Second.behaviour =
        (input, context) -> {
          throw new IllegalStateException("with its trace");
        };
    AtomicReference<String> cid = new AtomicReference<>();
    does(
        (input, context) -> {
          cid.set(context.cid());
          return context
              .parallel()
              .call("test.hello", new Name("Ann"))
              .call("test.second", Map.of())
              .onTarget("test.sink")
              .start();
        });
    Instant before = Instant.now();

    Object id = server.invoke(slot, Map.of());

    List<Told> told = told(2);
    assertThat(told)
        .allSatisfy(
            each -> {
              assertThat(each.kind()).isEqualTo("parallel_on_target");
              assertThat(each.headers()).containsEntry("IN_REPLY_TO", id);
              assertThat(each.message().get("source").asText()).isEqualTo(slot.name());
              assertThat(each.message().get("cid").asText()).isEqualTo(cid.get());
              assertThat(each.message().get("in_reply_to").asText()).isEqualTo(id);
              assertThat(each.message().get("phase").asText()).isEqualTo("on-target");
              assertThat(Instant.parse(each.message().get("req_ts_utc").asText()))
                  .isAfterOrEqualTo(before);
            });
    JsonNode good = find(told, "test.hello");
    assertThat(good.get("ok").asBoolean()).isTrue();
    assertThat(good.get("exception").isNull()).isTrue();
    assertThat(good.get("response").get("greeting").asText()).isEqualTo("Hello, Ann");
    assertThat(good.get("response").get("by").asText()).isEqualTo("parallel_call");
    JsonNode bad = find(told, "test.second");
    assertThat(bad.get("ok").asBoolean()).isFalse();
    assertThat(bad.get("exception").asText()).isEqualTo("IllegalStateException: with its trace");
    assertThat(bad.get("response").isNull()).isTrue();
  }

  private static JsonNode find(List<Told> told, String target) {
    return told.stream()
        .map(Told::message)
        .filter(message -> message.get("target").asText().equals(target))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theFinalCallbackHasAllDataInOrder() {
    CountDownLatch second = new CountDownLatch(1);
    Second.behaviour =
        (input, context) -> {
          second.await(20, TimeUnit.SECONDS);
          return "slow " + input;
        };
    does(
        (input, context) ->
            context
                .fanOut()
                .call("test.second", 1)
                .call("test.hello", new Name("Ann"))
                .call("test.nobody", null)
                .onTarget("test.typed-sink")
                .onFinal("test.sink")
                .start());

    Object id = server.invoke(slot, Map.of());
    await().until(() -> Helpers.TypedSink.ANSWERS.size() == 1);
    assertThat(Helpers.TOLD).isEmpty();
    second.countDown();

    JsonNode last = told(1).get(0).message();
    assertThat(told(1).get(0).kind()).isEqualTo("fanout_on_final");
    assertThat(last.get("phase").asText()).isEqualTo("on-final");
    assertThat(last.get("source").asText()).isEqualTo(slot.name());
    assertThat(last.get("in_reply_to").asText()).isEqualTo(id);
    assertThat(last.get("ok").asBoolean()).isFalse();
    assertThat(last.get("on_target").toString()).isEqualTo("[\"test.typed-sink\"]");
    assertThat(last.get("on_final").toString()).isEqualTo("[\"test.sink\"]");
    assertThat(last.get("data").get(0).asText()).isEqualTo("slow 1");
    assertThat(last.get("data").get(1).get("greeting").asText()).isEqualTo("Hello, Ann");
    assertThat(last.get("data").get(2).isNull()).isTrue();
    assertThat(last.get("results").toString())
        .isEqualTo(
            "[{\"target\":\"test.second\",\"ok\":true,\"exception\":null},"
                + "{\"target\":\"test.hello\",\"ok\":true,\"exception\":null},"
                + "{\"target\":\"test.nobody\",\"ok\":false,"
                + "\"exception\":\"Service test.nobody is not deployed\"}]");
    assertThat(Helpers.TOLD).hasSize(1);
  }

  @Test
  void anAsynchronousCallIsAnsweredToItsCallback() {
    does(
        (input, context) ->
            context.invokeAsync("test.hello", new Name("Ann")).callback("test.sink").start());

    Object id = server.invoke(slot, Map.of());

    Told told = told(1).get(0);
    assertThat(told.kind()).isEqualTo("invoke_async_callback");
    assertThat(told.headers()).containsEntry("in_reply_to", id);
    assertThat(told.message().get("response").get("by").asText()).isEqualTo("invoke_async");
  }

  @Test
  void theRevisionStaysUntilItsCallsAndTheirCallbacksHaveEnded() {
    CountDownLatch callback = new CountDownLatch(1);
    Second.behaviour = (input, context) -> callback.await(20, TimeUnit.SECONDS);
    does(
        (input, context) ->
            context.invokeAsync("test.hello", new Name("Ann")).callback("test.second").start());

    server.invoke(slot, Map.of());

    assertThat(slot.current().orElseThrow().inside()).isEqualTo(1);
    callback.countDown();
    await().until(() -> slot.current().orElseThrow().inside() == 0);
  }

  @Test
  void callsOfNobodyAndTooManyOnesAreRefused() {
    does((input, context) -> context.parallel().await());
    assertThat(failure()).isInstanceOf(IllegalArgumentException.class);
    does(
        (input, context) -> {
          var many = context.fanOut();
          for (int i = 0; i < 101; i++) {
            many = many.call("test.hello", null);
          }
          return many.start();
        });
    assertThat(failure()).hasMessage("101 calls at once, max_parallel_calls is 100");
    does(
        (input, context) ->
            context.fanOut().call("test.hello", null).onFinal("test.nobody").start());
    assertThat(failure()).hasMessage("Service test.nobody is not deployed");
    AtomicReference<Context> over = new AtomicReference<>();
    does(
        (input, context) -> {
          over.set(context);
          return "";
        });
    server.invoke(slot, Map.of());
    assertThatThrownBy(() -> over.get().parallel().call("test.hello", null).await())
        .isInstanceOf(IllegalStateException.class);
    assertThat(slot.current().orElseThrow().inside()).isZero();
  }

  private Throwable failure() {
    Service<Object, Object> behaviour = Server.Plugged.behaviour;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    does(
        (input, context) -> {
          try {
            return behaviour.handle(input, context);
          } catch (RuntimeException refused) {
            failure.set(refused);
            return "";
          }
        });
    server.invoke(slot, Map.of());
    return failure.get();
  }

  @Test
  void toCancelTheStageOfACallInterruptsIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Second.behaviour =
        (input, context) -> {
          begun.countDown();
          try {
            return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
          } catch (InterruptedException expected) {
            interrupted.countDown();
            throw expected;
          }
        };
    does(
        (input, context) -> {
          var stage = context.invokeAsync("test.second", 1, String.class).toCompletableFuture();
          begun.await(20, TimeUnit.SECONDS);
          return stage.cancel(true);
        });

    assertThat(server.invoke(slot, Map.of())).isEqualTo(true);

    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    await().until(() -> slot.current().orElseThrow().inside() == 0);
  }
}
