package org.caravanserai.pubsub.internal.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Consumption;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Receiver;
import org.caravanserai.pubsub.DeskException;
import org.caravanserai.pubsub.DeskException.Reason;
import org.caravanserai.pubsub.MessageInfo;
import org.caravanserai.pubsub.MessagePage;
import org.caravanserai.pubsub.MessageSearch;
import org.caravanserai.pubsub.QueueStatus;
import org.caravanserai.pubsub.Replay;
import org.caravanserai.pubsub.TopicStatus;
import org.caravanserai.pubsub.internal.Publisher;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.pubsub.internal.Rights;
import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.push.DeadLetters;
import org.caravanserai.pubsub.internal.push.PushServer;
import org.caravanserai.pubsub.internal.push.PushSettings;
import org.caravanserai.pubsub.internal.remote.RemoteLinks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveDeskTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PushServer server;
  private Topics topics;
  private LiveDesk desk;
  private String queue;
  private String dead;

  @BeforeEach
  void start() throws Exception {
    server = new PushServer(folder.resolve("data"));
    topics = new Topics(server.broker);
    topics.open(new Topic(PushServer.TOPIC, Topic.Type.TOPIC, 1_000_000, 1_000_000));
    topics.open(new Topic("jobs", Topic.Type.QUEUE, 1000, 100));
    desk =
        new LiveDesk(
            server.broker,
            topics,
            new RemoteLinks(server.broker),
            new Publisher(server.broker, topics, new NoRights()),
            server.pushes,
            PushServer.settings(PushSettings.class, Map.of("rate__interval", 1)));
    queue = server.queue("crm");
    dead = QueueNames.dead(queue);
  }

  @AfterEach
  void stop() {
    desk.stop();
    server.close();
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new);
  }

  /** Makes dead letters of all messages in the queue. */
  private void bury(String cause, int count) throws Exception {
    long deadBefore = server.depth(dead);
    try (Consumption consumption =
        server.broker.consume(
            queue,
            new Receiver() {
              @Override
              public boolean isReady() {
                return true;
              }

              @Override
              public void receive(Delivery delivery) {
                long now = System.currentTimeMillis();
                server
                    .pushes
                    .deadLetters()
                    .bury(
                        delivery,
                        new DeadLetters.Cause(
                            cause, 500, "cid-" + delivery.message().id(), 3, now, now),
                        Confirmation.NONE);
              }

              @Override
              public void gone() {}
            })) {
      consumption.resume();
      await().atMost(IN_TIME).until(() -> server.depth(dead) == deadBefore + count);
    }
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
  }

  private static MessageSearch byText(String text) {
    return new MessageSearch(
        Optional.empty(), Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty());
  }

  private List<String> found(MessageSearch search) throws DeskException {
    return desk.messages(dead, search, 0, 100).items().stream().map(MessageInfo::msgId).toList();
  }

  /** The first message, which may still be on its way into the queue. */
  private MessageInfo first(String name) throws DeskException {
    await()
        .atMost(IN_TIME)
        .until(() -> !desk.messages(name, MessageSearch.ALL, 0, 1).items().isEmpty());
    return desk.messages(name, MessageSearch.ALL, 0, 1).items().get(0);
  }

  private Replay ended(Replay replay) {
    await()
        .atMost(IN_TIME)
        .until(() -> desk.replay(replay.id()).orElseThrow().endedAt().isPresent());
    return desk.replay(replay.id()).orElseThrow();
  }

  private static Reason reason(ThrowingCallable work) {
    return catchThrowableOfType(DeskException.class, work).reason();
  }

  @Test
  void pagesOfMessagesHaveNoData() throws Exception {
    server.publish(ids(25));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 25);
    MessagePage page = desk.messages(queue, MessageSearch.ALL, 10, 10);
    assertThat(page.items()).extracting(MessageInfo::msgId).startsWith("m10").endsWith("m19");
    assertThat(page.items()).allMatch(message -> message.data().isEmpty());
    assertThat(page.hasMore()).isTrue();
    assertThat(page.depth()).isEqualTo(25);
    assertThat(desk.messages(queue, MessageSearch.ALL, 20, 10).hasMore()).isFalse();
    assertThat(reason(() -> desk.messages("nowhere", MessageSearch.ALL, 0, 1)))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(server.depth(queue)).isEqualTo(25);
  }

  @Test
  void deadLettersAreFoundByIdTextCidAndTime() throws Exception {
    server.publish("tea for two", "coffee", "tea");
    bury("no such customer", 3);
    assertThat(found(byText("tea"))).containsExactlyInAnyOrder("tea for two", "tea");
    assertThat(found(byText("milk"))).isEmpty();
    assertThat(found(search("coffee", null, null, null))).containsExactly("coffee");
    assertThat(found(search(null, "cid-tea", null, null))).containsExactly("tea");
    Instant later = Instant.now().plusSeconds(60);
    Instant earlier = Instant.now().minusSeconds(600);
    assertThat(found(search(null, null, earlier, later))).hasSize(3);
    assertThat(found(search(null, null, later, null))).isEmpty();
    assertThat(found(search(null, null, null, earlier))).isEmpty();
    long number = desk.messages(dead, byText("two"), 0, 1).items().get(0).number();
    MessageInfo letter = desk.message(dead, number);
    assertThat(letter.data()).hasValue("tea for two");
    assertThat(letter.dead().orElseThrow().cause()).isEqualTo("no such customer");
    assertThat(letter.dead().orElseThrow().attempts()).isEqualTo(3);
    assertThat(letter.properties()).isEmpty();
  }

  private static MessageSearch search(String id, String cid, Instant from, Instant to) {
    return new MessageSearch(
        Optional.ofNullable(id),
        Optional.ofNullable(cid),
        Optional.empty(),
        Optional.ofNullable(from),
        Optional.ofNullable(to));
  }

  @Test
  void aMessageIsEditedAndStaysADeadLetter() throws Exception {
    server.publish(
        List.of(PushServer.text("m0").with().properties(Map.of("region", "eu")).build()));
    bury("wrong count", 1);
    edit("{\"data\":{\"count\": 1.10}}");
    MessageInfo edited = desk.message(dead, first(dead).number());
    assertThat(edited.data()).hasValue("{\"count\": 1.10}");
    assertThat(edited.format()).isEqualTo("json");
    assertThat(edited.msgId()).isEqualTo("m0");
    assertThat(edited.properties()).isEqualTo(Map.of("region", "eu"));
    assertThat(edited.dead().orElseThrow().cause()).isEqualTo("wrong count");
    edit("{\"properties\":{\"region\":\"us\",\"vip\":true}}");
    edited = desk.message(dead, first(dead).number());
    assertThat(edited.data()).hasValue("{\"count\": 1.10}");
    assertThat(edited.properties()).isEqualTo(Map.of("region", "us", "vip", true));
    edit("{\"data_base64\":\"AAEC\",\"content_type\":\"image/png\"}");
    edited = desk.message(dead, first(dead).number());
    assertThat(edited.data()).hasValue("AAEC");
    assertThat(edited.format()).isEqualTo("bytes");
    assertThat(edited.contentType()).hasValue("image/png");
    assertThat(edited.dead()).isPresent();
  }

  private void edit(String change) throws DeskException {
    desk.edit(dead, first(dead).number(), change.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aChangeThatMakesNoSenseIsRefused() throws Exception {
    server.publish("m0");
    bury("why", 1);
    for (String change :
        List.of("", "{}", "[]", "{\"data\":1", "{\"priority\":3}", "{\"properties\":7}")) {
      assertThat(reason(() -> edit(change))).as(change).isEqualTo(Reason.INVALID);
    }
    assertThat(reason(() -> desk.edit(dead, 1, "{\"data\":1}".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(desk.message(dead, first(dead).number()).data()).hasValue("m0");
  }

  @Test
  void oneManyAndAllAreReplayed() throws Exception {
    server.publish(ids(300));
    bury("down", 300);
    long one = desk.messages(dead, search("m0", null, null, null), 0, 1).items().get(0).number();
    Replay replay = ended(desk.replay(dead, MessageSearch.ALL, List.of(one), 0));
    assertThat(replay.state()).isEqualTo("done");
    assertThat(replay.replayed()).isEqualTo(1);
    assertThat(replay.target()).isEqualTo(queue);
    MessageInfo back = desk.message(queue, first(queue).number());
    assertThat(back.msgId()).isEqualTo("m0");
    assertThat(back.dead()).isEmpty();
    assertThat(ended(desk.replay(dead, byText("m29"), List.of(), 0)).replayed()).isEqualTo(11);
    assertThat(ended(desk.replay(dead, MessageSearch.ALL, List.of(), 10_000)).replayed())
        .isEqualTo(288);
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 300 && server.depth(dead) == 0);
    assertThat(desk.replays()).hasSize(3);
  }

  @Test
  void aReplayKeepsItsPaceAndCanBeStopped() throws Exception {
    server.publish(ids(100));
    bury("down", 100);
    Replay replay = desk.replay(dead, MessageSearch.ALL, List.of(), 0.01);
    await().atMost(IN_TIME).until(() -> desk.replay(replay.id()).orElseThrow().replayed() == 1);
    assertThat(reason(() -> desk.replay(dead, MessageSearch.ALL, List.of(), 0)))
        .isEqualTo(Reason.CONFLICT);
    desk.stop(replay.id());
    assertThat(ended(replay).state()).isEqualTo("stopped");
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 1 && server.depth(dead) == 99);
  }

  @Test
  void aReplayToAQueueThatGoesLosesNothing() throws Exception {
    server.publish(ids(10));
    bury("down", 10);
    Replay replay = desk.replay(dead, MessageSearch.ALL, List.of(), 0.5);
    await().atMost(IN_TIME).until(() -> desk.replay(replay.id()).orElseThrow().replayed() == 1);
    server.broker.deleteQueue(queue);
    Replay ended = ended(replay);
    assertThat(ended.state()).isEqualTo("failed");
    assertThat(ended.failure()).isPresent();
    await().atMost(IN_TIME).until(() -> server.depth(dead) == 9);
    assertThat(reason(() -> desk.replay(dead, MessageSearch.ALL, List.of(), 0)))
        .isEqualTo(Reason.CONFLICT);
    server.queue("crm");
    assertThat(ended(desk.replay(dead, MessageSearch.ALL, List.of(), 0)).replayed()).isEqualTo(9);
  }

  @Test
  void onlyDeadLettersAreReplayed() {
    assertThat(reason(() -> desk.replay(queue, MessageSearch.ALL, List.of(), 0)))
        .isEqualTo(Reason.INVALID);
    assertThat(reason(() -> desk.replay("serai.dead/nowhere", MessageSearch.ALL, List.of(), 0)))
        .isEqualTo(Reason.UNKNOWN);
    assertThat(desk.replay("17")).isEmpty();
    assertThat(desk.stop("17")).isEmpty();
  }

  @Test
  void messagesAreDeleted() throws Exception {
    server.publish(ids(5));
    List<Long> numbers = new ArrayList<>();
    desk.messages(queue, MessageSearch.ALL, 1, 2)
        .items()
        .forEach(each -> numbers.add(each.number()));
    numbers.add(1L);
    assertThat(desk.delete(queue, numbers)).isEqualTo(2);
    assertThat(desk.messages(queue, MessageSearch.ALL, 0, 10).items())
        .extracting(MessageInfo::msgId)
        .containsExactly("m0", "m3", "m4");
  }

  @Test
  void clearingWantsTheNameOrTheNumber() throws Exception {
    server.publish(ids(5));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 5);
    assertThat(reason(() -> desk.clear(queue, ""))).isEqualTo(Reason.INVALID);
    assertThat(reason(() -> desk.clear(queue, "4"))).isEqualTo(Reason.INVALID);
    assertThat(server.depth(queue)).isEqualTo(5);
    assertThat(desk.clear(queue, "5")).isEqualTo(5);
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
    server.publish(ids(2));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 2);
    assertThat(desk.clear(queue, queue)).isEqualTo(2);
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 0);
  }

  @Test
  void whatSomebodyWorksOnStays() throws Exception {
    server.publish("m0");
    long number = first(queue).number();
    List<Delivery> held = new CopyOnWriteArrayList<>();
    try (Consumption consumption =
        server.broker.consume(
            queue,
            new Receiver() {
              @Override
              public boolean isReady() {
                return true;
              }

              @Override
              public void receive(Delivery delivery) {
                held.add(delivery);
              }

              @Override
              public void gone() {}
            })) {
      consumption.resume();
      await().atMost(IN_TIME).until(() -> held.size() == 1);
      assertThat(desk.delete(queue, List.of(number))).isZero();
      assertThatThrownBy(
              () -> desk.edit(queue, number, "{\"data\":1}".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(DeskException.class);
    }
    await().atMost(IN_TIME).until(() -> desk.delete(queue, List.of(number)) == 1);
  }

  @Test
  void aQueueAndItsTopicAreNearlyFullFromFourFifthsOn() throws Exception {
    topics.open(new Topic(PushServer.TOPIC, Topic.Type.TOPIC, 10, 1_000_000));
    server.publish(ids(7));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 7);
    assertThat(desk.queue(queue).orElseThrow().isNearlyFull()).isFalse();
    server.publish("one more");
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 8);
    assertThat(desk.queue(queue).orElseThrow().isNearlyFull()).isTrue();
    assertThat(desk.queue(queue).orElseThrow().maxDepth()).hasValue(10L);
    assertThat(desk.topics()).singleElement().matches(TopicStatus::isNearlyFull);
  }

  @Test
  void theBeginningOfDataEndsWithAWholeCharacter() throws Exception {
    server.publish("\u00e4\u00f6\u00fc");
    MessageInfo row = first(queue);
    assertThat(desk.message(queue, row.number(), 4).data()).hasValue("\u00e4\u00f6");
    assertThat(desk.message(queue, row.number(), 3).data()).hasValue("\u00e4");
    assertThat(desk.message(queue, row.number(), 0).data()).hasValue("");
    assertThat(desk.message(queue, row.number(), 100).data()).hasValue("\u00e4\u00f6\u00fc");
    assertThat(desk.message(queue, row.number(), 3).size()).isEqualTo(6);
    desk.edit(queue, row.number(), "{\"data_base64\":\"AAEC\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(desk.message(queue, first(queue).number(), 2).data()).hasValue("AAE=");
  }

  @Test
  void queuesSayWhatTheyAre() throws Exception {
    server.publish(ids(3));
    bury("down", 3);
    server.publish(ids(2));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 2);
    QueueStatus status = desk.queue(queue).orElseThrow();
    assertThat(status.kind()).isEqualTo("subscription");
    assertThat(status.topic()).isEqualTo(PushServer.TOPIC);
    assertThat(status.owner()).hasValue("crm");
    assertThat(status.depth()).isEqualTo(2);
    assertThat(status.dead()).isEqualTo(3);
    assertThat(status.oldestSeconds()).isPresent();
    assertThat(status.push()).isEmpty();
    assertThat(desk.queues())
        .extracting(QueueStatus::name, QueueStatus::kind)
        .contains(tuple(queue, "subscription"), tuple(dead, "dead"), tuple("jobs", "queue"));
    assertThat(desk.topics())
        .singleElement()
        .satisfies(
            topic -> {
              assertThat(topic.name()).isEqualTo(PushServer.TOPIC);
              assertThat(topic.subscriptions()).isEqualTo(1);
              assertThat(topic.depth()).isEqualTo(2);
              assertThat(topic.isNearlyFull()).isFalse();
            });
    assertThat(status.maxDepth()).hasValue(1_000_000L);
    assertThat(status.isNearlyFull()).isFalse();
    assertThat(desk.queue(dead).orElseThrow().maxDepth()).isEmpty();
    assertThat(desk.queue("nowhere")).isEmpty();
  }

  @Test
  void ratesAreThoseSinceTheLastLook() throws Exception {
    long[] now = {0};
    Rates rates = new Rates(() -> now[0]);
    rates.look(server.broker.queues());
    server.publish(ids(30));
    await().atMost(IN_TIME).until(() -> server.depth(queue) == 30);
    now[0] = TimeUnit.SECONDS.toNanos(10);
    rates.look(server.broker.queues());
    assertThat(rates.of(queue).in()).isEqualTo(3.0);
    assertThat(rates.of(queue).out()).isZero();
    assertThat(rates.of("nowhere").in()).isZero();
  }

  @Test
  void aTestMessageIsPublished() throws Exception {
    String id =
        desk.publish(
                "ORDERS.new",
                "{\"data\":[1,2],\"priority\":9}".getBytes(StandardCharsets.UTF_8),
                "c")
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    MessageInfo message = desk.message(queue, first(queue).number());
    assertThat(message.msgId()).isEqualTo(id);
    assertThat(message.data()).hasValue("[1,2]");
    assertThat(message.priority()).isEqualTo(9);
    assertThat(message.cid()).isEqualTo("c");
    assertThat(status("nowhere", "{\"data\":1}")).isEqualTo(404);
    assertThat(status(PushServer.TOPIC, "{}")).isEqualTo(400);
    assertThat(status("jobs", "{\"data\":\"" + "x".repeat(101) + "\"}")).isEqualTo(413);
    assertThat(server.depth(queue)).isEqualTo(1);
  }

  private int status(String topic, String request) {
    Throwable failure =
        catchThrowable(
            () ->
                desk.publish(topic, request.getBytes(StandardCharsets.UTF_8), "c")
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS));
    return ((ServiceException) failure.getCause()).status();
  }

  @Test
  void searchedTextMayBeAnywhere() {
    byte[] data = "für Ärzte".getBytes(StandardCharsets.UTF_8);
    for (String part : List.of("", "für", "Ärzte", "r Ä", "für Ärzte")) {
      assertThat(Wanted.holds(data, part.getBytes(StandardCharsets.UTF_8))).as(part).isTrue();
    }
    for (String part : List.of("fur", "für Ärzte!", "aerzte")) {
      assertThat(Wanted.holds(data, part.getBytes(StandardCharsets.UTF_8))).as(part).isFalse();
    }
  }

  /** Nobody may do anything but the server itself. */
  private static final class NoRights implements Rights {

    @Override
    public boolean mayPublish(String definition, String topic) {
      return false;
    }

    @Override
    public boolean maySubscribe(String definition, String topic) {
      return false;
    }
  }
}
