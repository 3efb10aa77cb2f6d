package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.caravanserai.broker.StoredMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushedQueueTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PushServer server;
  private String queue;
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void start() throws Exception {
    server = new PushServer(folder.resolve("data"));
    queue = server.queue("crm");
    server.deploy("record", recorder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Push push(PushRules rules) {
    return server.pushes.open(queue, queue, rules, server.service("record"));
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new);
  }

  private void awaitEmpty() {
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
  }

  @Test
  void messagesComeInTheOrderOfTheQueueAndOnce() throws Exception {
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish(ids(200));
    awaitEmpty();
    assertThat(recorder.calls).containsExactly(ids(200));
    assertThat(recorder.most).hasValue(1);
    assertThat(push.status().delivered()).isEqualTo(200);
    assertThat(push.status().lastFailure()).isEmpty();
  }

  @Test
  void theServiceHasAsManyAsItMayHave() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger most = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    server.deploy(
        "record",
        new Service<String, Void>() {
          @Override
          public Void handle(String input, Context context) throws Exception {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            both.countDown();
            both.await();
            inside.decrementAndGet();
            return null;
          }
        });
    push(PushServer.rules(2, OrderingKey.NONE, 0));
    server.publish(ids(50));
    awaitEmpty();
    assertThat(most).hasValue(2);
  }

  @Test
  void aFailingMessageStepsAsideAndComesBack() throws Exception {
    recorder.failing.put("m0", 2);
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish(ids(20));
    awaitEmpty();
    assertThat(recorder.taken).containsExactlyInAnyOrder(ids(20));
    assertThat(recorder.calls.stream().filter("m0"::equals)).hasSize(3);
    assertThat(push.status().failures()).isEqualTo(2);
    assertThat(server.dead(queue)).isEmpty();
  }

  @Test
  void othersGoOnWhileAMessageFails() throws Exception {
    recorder.failing.put("m0", -1);
    push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish(ids(20));
    await().atMost(IN_TIME).until(() -> recorder.taken.size() == 19);
    assertThat(recorder.taken).doesNotContain("m0");
    assertThat(server.depth(queue)).isEqualTo(1);
  }

  @Test
  void noMoreStepAsideThanMay() throws Exception {
    server.close();
    server = new PushServer(folder.resolve("other"), Map.of("max__aside", 3));
    queue = server.queue("crm");
    server.deploy("record", recorder);
    for (String id : ids(10)) {
      recorder.failing.put(id, -1);
    }
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish(ids(10));
    await().atMost(IN_TIME).until(() -> push.status().failures() > 12);
    assertThat(List.copyOf(recorder.calls)).containsOnly("m0", "m1", "m2");
    recorder.failing.clear();
    awaitEmpty();
    assertThat(recorder.taken).containsExactlyInAnyOrder(ids(10));
  }

  @Test
  void messagesOfOneKeyWaitForEachOtherAndOnlyForEachOther() throws Exception {
    recorder.failing.put("a0", 3);
    push(PushServer.rules(4, OrderingKey.by("correl_id"), 0));
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String key : List.of("a", "b", "c")) {
        messages.add(PushServer.text(key + i).with().correlId(Optional.of(key)).build());
      }
    }
    server.publish(messages);
    awaitEmpty();
    for (String key : List.of("a", "b", "c")) {
      assertThat(recorder.taken.stream().filter(each -> each.startsWith(key)))
          .containsExactly(IntStream.range(0, 10).mapToObj(i -> key + i).toArray(String[]::new));
    }
    int firstTaken = recorder.taken.indexOf("a0");
    assertThat(recorder.taken.subList(0, firstTaken)).noneMatch(each -> each.startsWith("a"));
  }

  @Test
  void theNextOfAKeyGoesOnAfterADeadLetter() throws Exception {
    recorder.failing.put("a0", -1);
    push(PushServer.rules(1, OrderingKey.by("region"), 2));
    List<Message> messages = new ArrayList<>();
    for (String id : List.of("a0", "a1", "a2")) {
      messages.add(PushServer.text(id).with().properties(Map.of("region", "eu")).build());
    }
    server.publish(messages);
    awaitEmpty();
    assertThat(recorder.calls).containsExactly("a0", "a0", "a1", "a2");
    assertThat(server.dead(queue)).hasSize(1);
  }

  @Test
  void aDeadLetterSaysWhy() throws Exception {
    recorder.failing.put("m0", -1);
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 3));
    long before = System.currentTimeMillis();
    server.publish(
        List.of(
            PushServer.text("m0")
                .with()
                .cid("cid-7")
                .expiresAt(before + 3_600_000)
                .properties(Map.of("region", "eu"))
                .build()));
    awaitEmpty();
    List<StoredMessage> dead = server.dead(queue);
    assertThat(dead).hasSize(1);
    Message letter = dead.get(0).message();
    assertThat(letter.id()).isEqualTo("m0");
    assertThat(letter.topic()).isEqualTo(PushServer.TOPIC);
    assertThat(letter.expiresAt()).isZero();
    assertThat(letter.properties())
        .containsEntry(DeadLetters.CAUSE, "not m0")
        .containsEntry(DeadLetters.CID, "cid-7")
        .containsEntry("region", "eu");
    assertThat(number(letter, DeadLetters.STATUS)).isEqualTo(422);
    assertThat(number(letter, DeadLetters.ATTEMPTS)).isEqualTo(3);
    assertThat(number(letter, DeadLetters.FIRST_AT)).isBetween(before, System.currentTimeMillis());
    assertThat(number(letter, DeadLetters.LAST_AT))
        .isGreaterThanOrEqualTo(number(letter, DeadLetters.FIRST_AT));
    assertThat(recorder.calls).hasSize(3);
    assertThat(push.status().dead()).isEqualTo(1);
    Message revived = DeadLetters.revived(letter, before);
    assertThat(revived.properties()).isEqualTo(Map.of("region", "eu"));
    assertThat(revived.expiresAt()).isEqualTo(before + 3_600_000);
    assertThat(DeadLetters.revived(letter, before + 3_600_001).expiresAt()).isZero();
  }

  private static long number(Message message, String property) {
    return ((Number) message.properties().get(property)).longValue();
  }

  @Test
  void theTimeToTryEnds() throws Exception {
    recorder.failing.put("m0", -1);
    push(
        new PushRules(
            1,
            OrderingKey.NONE,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), 0),
            Duration.ofMillis(100),
            0));
    server.publish("m0");
    awaitEmpty();
    assertThat(server.dead(queue)).hasSize(1);
    assertThat(recorder.calls).hasSizeGreaterThan(1);
  }

  @Test
  void aServiceThatIsNotDeployedIsWaitedFor() throws Exception {
    server.pushes.open(
        queue, queue, PushServer.rules(1, OrderingKey.NONE, 1), server.service("later"));
    server.publish(ids(3));
    await()
        .atMost(IN_TIME)
        .until(() -> server.pushes.status(queue).orElseThrow().lastFailure().isPresent());
    assertThat(server.pushes.status(queue).orElseThrow().lastFailure())
        .hasValue("Service later is not deployed");
    server.deploy("later", recorder);
    awaitEmpty();
    assertThat(recorder.taken).containsExactly(ids(3));
    assertThat(server.dead(queue)).isEmpty();
  }

  @Test
  void redeployingUnderLoadCostsNoAttempt() throws Exception {
    Map<String, Integer> taken = new ConcurrentHashMap<>();
    Push push = push(PushServer.rules(4, OrderingKey.NONE, 1));
    int count = 4000;
    server.publish(ids(count));
    int revisions = 0;
    while (server.depth(queue) > 0) {
      server.deploy(
          "record",
          new Service<String, Void>() {
            @Override
            public Void handle(String input, Context context) {
              taken.merge(input, 1, Integer::sum);
              return null;
            }
          });
      revisions++;
    }
    assertThat(revisions).isPositive();
    recorder.taken.forEach(id -> taken.merge(id, 1, Integer::sum));
    assertThat(taken).hasSize(count).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    assertThat(push.status().failures()).isZero();
    assertThat(server.dead(queue)).isEmpty();
  }

  @Test
  void theServiceSeesWhatTheMessageSays() throws Exception {
    record Order(String item, int count) {}

    Map<String, Object> headers = new ConcurrentHashMap<>();
    List<Order> orders = new ArrayList<>();
    server.deploy(
        "record",
        new Service<Order, Void>() {
          @Override
          public Void handle(Order input, Context context) {
            headers.putAll(context.headers());
            headers.put("way", context.channel().kind());
            headers.put("call", context.cid());
            headers.put("user", context.channel().user().orElse(""));
            orders.add(input);
            return null;
          }
        });
    push(PushServer.rules(1, OrderingKey.NONE, 1));
    byte[] json = "{\"item\":\"tea\",\"count\":2}".getBytes(StandardCharsets.UTF_8);
    server.publish(
        List.of(
            Message.of("m0", PushServer.TOPIC, json, Format.JSON)
                .cid("cid-1")
                .priority(7)
                .publisher(Optional.of("shop"))
                .correlId(Optional.of("c-1"))
                .properties(Map.of("region", "eu"))
                .build()));
    awaitEmpty();
    assertThat(server.dead(queue)).isEmpty();
    assertThat(orders).containsExactly(new Order("tea", 2));
    assertThat(headers)
        .containsEntry("topic_name", PushServer.TOPIC)
        .containsEntry("msg_id", "m0")
        .containsEntry("priority", 7)
        .containsEntry("delivery_count", 1)
        .containsEntry("redelivered", false)
        .containsEntry("maybe_redelivered", false)
        .containsEntry("publisher", "shop")
        .containsEntry("correl_id", "c-1")
        .containsEntry("region", "eu")
        .containsEntry("way", "pubsub_subscription")
        .containsEntry("user", "crm")
        .containsEntry("call", "cid-1");
  }

  @Test
  void whatIsNotDeliveredStaysInTheQueueWhenPushingEnds() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.deploy(
        "record",
        new Service<String, Void>() {
          @Override
          public Void handle(String input, Context context) throws Exception {
            recorder.calls.add(input);
            inside.countDown();
            go.await();
            return null;
          }
        });
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish(ids(10));
    inside.await();
    push.close();
    assertThat(recorder.calls).containsExactly("m0");
    // The next one begins when the call that is on its way has ended.
    push(PushServer.rules(1, OrderingKey.NONE, 0));
    assertThat(recorder.calls).containsExactly("m0");
    go.countDown();
    awaitEmpty();
    assertThat(recorder.calls).containsExactly(ids(10));
  }

  @Test
  void otherRulesAndAnotherTargetHoldAtOnce() throws Exception {
    recorder.failing.put("m0", -1);
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish(ids(3));
    await().atMost(IN_TIME).until(() -> recorder.taken.size() == 2);
    Recorder other = new Recorder();
    server.deploy("other", other);
    push.change(PushServer.rules(1, OrderingKey.NONE, 0), server.service("other"));
    awaitEmpty();
    assertThat(other.taken).containsExactly("m0");
  }

  @Test
  void pushingEndsWithItsQueue() throws Exception {
    Push push = push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.broker.deleteQueue(queue);
    await().atMost(IN_TIME).until(() -> !push.isOpen());
    push.close();
    queue = server.queue("crm");
    push(PushServer.rules(1, OrderingKey.NONE, 0));
    server.publish("m0");
    awaitEmpty();
    assertThat(recorder.taken).containsExactly("m0");
  }

  @Test
  void higherPriorityGoesFirst() throws Exception {
    server.publish(
        List.of(
            PushServer.text("low").with().priority(1).build(),
            PushServer.text("high").with().priority(9).build()));
    push(PushServer.rules(1, OrderingKey.NONE, 0));
    awaitEmpty();
    assertThat(recorder.taken).containsExactly("high", "low");
  }
}
