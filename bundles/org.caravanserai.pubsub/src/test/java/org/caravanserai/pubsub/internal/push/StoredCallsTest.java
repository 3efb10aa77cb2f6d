package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.Services;
import org.caravanserai.broker.StoredMessage;
import org.caravanserai.pubsub.internal.PubSubSettings;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.runtime.internal.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable calls, from the service that makes them to those who are told of them. */
class StoredCallsTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  /** What a service was called with. */
  private record Seen(Object input, Channel channel, String cid, Map<String, Object> headers) {}

  /** A service that notes what it is called with. */
  private static final class Noting implements Service<JsonNode, Object> {

    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private volatile Service<JsonNode, Object> behaviour = (input, context) -> input;

    @Override
    public Object handle(JsonNode input, Context context) throws Exception {
      seen.add(new Seen(input, context.channel(), context.cid(), context.headers()));
      return behaviour.handle(input, context);
    }

    List<Seen> awaited(int count) {
      await().atMost(IN_TIME).until(() -> seen.size() >= count);
      return List.copyOf(seen);
    }

    JsonNode message(int index) {
      return (JsonNode) List.copyOf(seen).get(index).input();
    }
  }

  /** A service that makes the calls of a test. */
  private static final class Calling implements Service<Map<String, Object>, Object> {

    private volatile Service<Map<String, Object>, Object> behaviour = (input, context) -> "";

    @Override
    public Object handle(Map<String, Object> input, Context context) throws Exception {
      return behaviour.handle(input, context);
    }
  }

  @TempDir private Path folder;
  private final Calling caller = new Calling();
  private final Noting one = new Noting();
  private final Noting two = new Noting();
  private final Noting each = new Noting();
  private final Noting last = new Noting();
  private PushServer server;
  private PushedSubscriptions pushed;
  private FanOuts fanOuts;

  @BeforeEach
  void start() throws Exception {
    start(Map.of());
  }

  private void start(Map<String, Object> changed) throws Exception {
    server = new PushServer(folder.resolve("data"));
    PubSubSettings settings = PushServer.settings(PubSubSettings.class, changed);
    Subscriptions subscriptions = new Subscriptions(server.broker, new Topics(server.broker));
    pushed = new PushedSubscriptions(subscriptions, server.pushes);
    fanOuts = new FanOuts(settings, server.broker, server.pushes);
    new Parts(server.invoker)
        .bindDurableCalls(
            new StoredCalls(settings, server.broker, subscriptions, server.registry, fanOuts));
    server.deploy("test.caller", caller);
  }

  private void deploy() throws Exception {
    server.deploy("test.one", one);
    server.deploy("test.two", two);
    server.deploy("test.each", each);
    server.deploy("test.last", last);
  }

  @AfterEach
  void stop() {
    pushed.stop();
    fanOuts.stop();
    server.close();
  }

  private String call(Service<Map<String, Object>, Object> behaviour) {
    caller.behaviour = behaviour;
    return ((Services) server.invoker).invoke("test.caller", Map.of(), String.class);
  }

  private void drained(String... services) {
    for (String service : services) {
      await().atMost(IN_TIME).until(() -> server.depth(QueueNames.call(service)) == 0);
    }
  }

  @Test
  void aStoredCallIsMadeAndItsCallbackIsTold() throws Exception {
    deploy();
    AtomicReference<String> cid = new AtomicReference<>();

    String id =
        call(
            (input, context) -> {
              cid.set(context.cid());
              return context
                  .invokeAsync("test.one", Map.of("n", 1))
                  .callback("test.each")
                  .durable()
                  .start();
            });

    Seen called = one.awaited(1).get(0);
    assertThat(called.input().toString()).isEqualTo("{\"n\":1}");
    assertThat(called.channel())
        .isEqualTo(new Channel("invoke_async", "test.caller", Optional.empty()));
    assertThat(called.cid()).isEqualTo(cid.get());
    assertThat(called.headers()).doesNotContainKey(StoredCall.PROPERTY);
    Seen told = each.awaited(1).get(0);
    assertThat(told.channel().kind()).isEqualTo("invoke_async_callback");
    assertThat(told.cid()).isEqualTo(cid.get());
    assertThat(told.headers()).containsEntry("in_reply_to", id);
    JsonNode message = each.message(0);
    assertThat(message.get("ok").asBoolean()).isTrue();
    assertThat(message.get("target").asText()).isEqualTo("test.one");
    assertThat(message.get("source").asText()).isEqualTo("test.caller");
    assertThat(message.get("response").get("n").asInt()).isEqualTo(1);
    assertThat(message.get("in_reply_to").asText()).isEqualTo(id);
    drained("test.one", "test.each");
  }

  @Test
  void theFinalCallbackIsToldOnceAllHaveEndedAlsoAfterAStop() throws Exception {
    deploy();
    AtomicInteger tries = new AtomicInteger();
    two.behaviour =
        (input, context) -> {
          tries.incrementAndGet();
          throw new ServiceException(503, "not yet");
        };

    String id =
        call(
            (input, context) ->
                context
                    .fanOut()
                    .call("test.two", Map.of("n", 2))
                    .call("test.one", Map.of("n", 1))
                    .onTarget("test.each")
                    .onFinal("test.last")
                    .durable()
                    .start());
    each.awaited(1);
    await().atMost(IN_TIME).until(() -> tries.get() > 0);
    stop();
    two.behaviour = (input, context) -> "two";
    start();
    deploy();

    last.awaited(1);
    JsonNode message = last.message(0);
    assertThat(message.get("phase").asText()).isEqualTo("on-final");
    assertThat(message.get("in_reply_to").asText()).isEqualTo(id);
    assertThat(message.get("ok").asBoolean()).isTrue();
    assertThat(message.get("data").get(0).asText()).isEqualTo("two");
    assertThat(message.get("data").get(1).get("n").asInt()).isEqualTo(1);
    assertThat(message.get("on_target").get(0).asText()).isEqualTo("test.each");
    drained("test.one", "test.two", "test.each", "test.last");
    assertThat(server.depth(QueueNames.FAN_OUT)).isZero();
    assertThat(each.seen).hasSize(2);
    assertThat(last.seen).hasSize(1);
    assertThat(one.seen).hasSize(1);
  }

  @Test
  void whatIsGivenUpIsADeadLetterAndIsTold() throws Exception {
    deploy();
    one.behaviour =
        (input, context) -> {
          throw new ServiceException(409, "shipped already");
        };
    two.behaviour =
        (input, context) -> {
          throw new IllegalStateException("broken");
        };

    String id =
        call(
            (input, context) ->
                context
                    .fanOut()
                    .call("test.one", Map.of())
                    .call("test.two", null)
                    .onFinal("test.last")
                    .durable(1)
                    .start());

    last.awaited(1);
    assertThat(id).isNotEmpty();
    JsonNode message = last.message(0);
    assertThat(message.get("ok").asBoolean()).isFalse();
    assertThat(message.get("data").toString()).isEqualTo("[null,null]");
    assertThat(message.get("results").get(0).get("exception").asText())
        .isEqualTo("shipped already");
    assertThat(message.get("results").get(1).get("exception").asText())
        .isEqualTo("IllegalStateException: broken");
    List<StoredMessage> dead = server.dead(QueueNames.call("test.one"));
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).message().properties()).containsEntry(DeadLetters.STATUS, 409);
    assertThat(StoredCall.of(dead.get(0).message()).onFinal()).isEmpty();
    assertThat(server.dead(QueueNames.call("test.two"))).hasSize(1);
    drained("test.one", "test.two", "test.last");
    assertThat(server.depth(QueueNames.FAN_OUT)).isZero();
  }

  @Test
  void aCallWaitsForItsServiceAndIsTriedAgain() throws Exception {
    server.deploy("test.one", one);
    AtomicInteger tries = new AtomicInteger();
    one.behaviour =
        (input, context) -> {
          if (tries.incrementAndGet() == 1) {
            throw new ServiceException(503, "later");
          }
          return "";
        };

    call((input, context) -> context.parallel().call("test.one", "{}").durable().start());

    await().atMost(IN_TIME).until(() -> tries.get() == 2);
    drained("test.one");
    assertThat(server.dead(QueueNames.call("test.one"))).isEmpty();
  }

  @Test
  void nothingIsStoredOfWhatIsRefused() throws Exception {
    deploy();
    assertThatThrownBy(
            () ->
                call(
                    (input, context) ->
                        context
                            .parallel()
                            .call("test.one", Map.of())
                            .call("test.nobody", Map.of())
                            .durable()
                            .start()))
        .hasMessage("there is no service test.nobody");
    assertThatThrownBy(
            () ->
                call(
                    (input, context) ->
                        context.invokeAsync("test.one", new byte[11_000_000]).durable().start()))
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.status()).isEqualTo(413));
    stop();
    start(Map.of("fan__out__max__results", 0L));
    deploy();
    assertThatThrownBy(
            () ->
                call(
                    (input, context) ->
                        context
                            .fanOut()
                            .call("test.one", Map.of())
                            .onFinal("test.last")
                            .durable()
                            .start()))
        .isInstanceOfSatisfying(
            ServiceException.class, refused -> assertThat(refused.status()).isEqualTo(429));
    assertThat(one.seen).isEmpty();
    assertThat(server.depth(QueueNames.call("test.one"))).isZero();
  }
}
