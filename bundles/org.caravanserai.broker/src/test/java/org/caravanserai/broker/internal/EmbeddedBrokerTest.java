package org.caravanserai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.BrokerException.Reason;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Delivery;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.broker.StoredMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  private static final String TOPIC = "orders.new";

  @TempDir private Path folder;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("data"), new EveryoneMay());
    broker.openTopic(TOPIC, new AddressLimits(1000));
    broker.openQueue(subscription("crm"));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private static QueueDefinition subscription(String owner) {
    return new QueueDefinition(
        owner + "/" + TOPIC, TOPIC, Optional.of(owner), Optional.empty(), true, 0);
  }

  private static QueueDefinition queue(String name, int maxDepth) {
    return new QueueDefinition(name, name, Optional.empty(), Optional.empty(), true, maxDepth);
  }

  private static Message text(String id) {
    return Message.of(id, TOPIC, ("text of " + id).getBytes(StandardCharsets.UTF_8), Format.TEXT)
        .build();
  }

  private void publish(Message message) throws Exception {
    Told told = new Told();
    broker.publish(TOPIC, message, told);
    told.confirmedInTime();
  }

  private List<String> ids(String queue) {
    return broker.browse(queue, message -> true, 0, 100).stream()
        .map(stored -> stored.message().id())
        .toList();
  }

  @Test
  void severalMessagesAreStoredTogether() throws Exception {
    Message again = text("m2").with().dedupId(Optional.of("d1")).build();
    publish(text("m1").with().dedupId(Optional.of("d1")).build());
    Told told = new Told();

    broker.publish(TOPIC, List.of(text("m3"), again, twice("m4"), twice("m5")), told);

    told.confirmedInTime();
    assertThat(ids("crm/" + TOPIC)).containsExactly("m1", "m3", "m4");
    Told refused = new Told();
    broker.publish("nowhere", List.of(text("m6"), text("m7")), refused);
    assertThat(refused.failure().reason()).isEqualTo(Reason.UNKNOWN);
  }

  private static Message twice(String id) {
    return text(id).with().dedupId(Optional.of("twice")).build();
  }

  @Test
  void everySubscriptionGetsAMessageOnce() throws Exception {
    broker.openQueue(subscription("erp"));
    publish(text("m1"));
    for (String owner : List.of("crm", "erp")) {
      try (Inbox inbox = Inbox.on(broker, owner + "/" + TOPIC, 10)) {
        Delivery delivery = inbox.next();
        assertThat(delivery.message().id()).isEqualTo("m1");
        assertThat(delivery.count()).isEqualTo(1);
        assertThat(delivery.maybeRedelivered()).isFalse();
        Told told = new Told();
        assertThat(delivery.acknowledge(told)).isTrue();
        told.confirmedInTime();
        assertThat(delivery.acknowledge(Confirmation.NONE)).isFalse();
      }
      assertThat(broker.queue(owner + "/" + TOPIC).orElseThrow().depth()).isZero();
    }
  }

  @Test
  void keepsWhatAMessageSays() throws Exception {
    Message sent =
        Message.of("m1", TOPIC, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), Format.JSON)
            .priority(9)
            .publishedAt(1_700_000_000_000L)
            .receivedAt(1_700_000_000_001L)
            .expiresAt(System.currentTimeMillis() + 3_600_000)
            .publisher(Optional.of("shop"))
            .cid("cid-1")
            .correlId(Optional.of("c-7"))
            .inReplyTo(Optional.of("m0"))
            .extClientId(Optional.of("till-4"))
            .dedupId(Optional.of("d-1"))
            .properties(Map.of("region", "eu", "count", 3, "vip", true))
            .build();
    publish(sent);
    Message read = broker.browse("crm/" + TOPIC, m -> true, 0, 1).get(0).message();
    assertThat(read)
        .usingRecursiveComparison()
        .isEqualTo(sent.with().contentType(Optional.of("application/json")).build());
  }

  @Test
  void aMessageOfOneMegabyteComesWhole() throws Exception {
    byte[] data = new byte[1 << 20];
    new java.util.Random(1).nextBytes(data);
    publish(Message.of("big", TOPIC, data, Format.BYTES).build());
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 1)) {
      assertThat(inbox.next().message().data()).isEqualTo(data);
    }
  }

  @Test
  void highPriorityComesFirst() throws Exception {
    publish(text("low").with().priority(1).build());
    publish(text("high").with().priority(8).build());
    assertThat(ids("crm/" + TOPIC)).containsExactly("high", "low");
  }

  @Test
  void whatIsReleasedComesAgainInItsOldPlace() throws Exception {
    for (String id : List.of("m1", "m2", "m3")) {
      publish(text(id));
    }
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 2)) {
      Delivery first = inbox.next();
      Delivery second = inbox.next();
      first.release(true);
      assertThat(ids("crm/" + TOPIC)).containsExactly("m1", "m3");
      inbox.takes(1);
      Delivery again = inbox.next();
      assertThat(again.message().id()).isEqualTo("m1");
      assertThat(again.count()).isEqualTo(2);
      again.release(false);
      second.release(false);
    }
    try (Inbox other = Inbox.on(broker, "crm/" + TOPIC, 2)) {
      assertThat(other.next().count()).isEqualTo(2);
      assertThat(other.next().count()).isEqualTo(1);
    }
  }

  @Test
  void anEndedConsumptionGivesBackWhatItHeld() throws Exception {
    publish(text("m1"));
    publish(text("m2"));
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 2)) {
      inbox.next();
      inbox.next();
      assertThat(ids("crm/" + TOPIC)).isEmpty();
    }
    assertThat(ids("crm/" + TOPIC)).containsExactly("m1", "m2");
  }

  @Test
  void aQueueThatIsDeletedTellsItsReceiver() throws Exception {
    Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 1);
    publish(text("m1"));
    Delivery held = inbox.next();
    broker.deleteQueue("crm/" + TOPIC);
    await().until(() -> inbox.gone);
    assertThat(held.acknowledge(Confirmation.NONE)).isFalse();
    assertThat(broker.queue("crm/" + TOPIC)).isEmpty();
    broker.deleteQueue("crm/" + TOPIC);
  }

  @Test
  void movesADeliveryInOneStep() throws Exception {
    broker.openQueue(queue("serai.dead/crm", 1000));
    publish(text("m1"));
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 1)) {
      Delivery delivery = inbox.next();
      Told told = new Told();
      delivery.reject(
          "serai.dead/crm",
          delivery.message().with().properties(Map.of("cause", "poison")).build(),
          told);
      told.confirmedInTime();
    }
    StoredMessage dead = broker.browse("serai.dead/crm", m -> true, 0, 1).get(0);
    assertThat(dead.message().id()).isEqualTo("m1");
    assertThat(dead.message().topic()).isEqualTo(TOPIC);
    assertThat(dead.message().properties()).containsEntry("cause", "poison");
    assertThat(broker.queue("crm/" + TOPIC).orElseThrow().depth()).isZero();
    assertThat(broker.queue("crm/" + TOPIC).orElseThrow().delivering()).isZero();
  }

  @Test
  void aDeliveryThatCanNotBeMovedIsHeldAsBefore() throws Exception {
    publish(text("m1"));
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 1)) {
      Delivery delivery = inbox.next();
      Told told = new Told();
      delivery.reject("nowhere", delivery.message(), told);
      assertThat(told.failure().reason()).isEqualTo(Reason.UNKNOWN);
      assertThat(delivery.acknowledge(Confirmation.NONE)).isTrue();
    }
  }

  @Test
  void putsMessagesInThePlaceOfOthersInOneStep() throws Exception {
    broker.openQueue(queue("serai.one", 1000));
    broker.openQueue(queue("serai.two", 1000));
    publish(text("m1"));
    publish(text("m2"));
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 2)) {
      Delivery first = inbox.next();
      Delivery second = inbox.next();
      Told refused = new Told();
      broker.replace(
          List.of(first, second),
          List.of(placed("serai.one", "a"), placed("nowhere", "b")),
          refused);
      assertThat(refused.failure().reason()).isEqualTo(Reason.UNKNOWN);
      assertThat(ids("serai.one")).isEmpty();

      Told told = new Told();
      broker.replace(
          List.of(first, second),
          List.of(placed("serai.one", "a"), placed("serai.two", "b"), placed("serai.two", "c")),
          told);
      told.confirmedInTime();
      assertThat(first.acknowledge(Confirmation.NONE)).isFalse();
    }
    assertThat(ids("serai.one")).containsExactly("a");
    assertThat(ids("serai.two")).containsExactly("b", "c");
    assertThat(broker.queue("crm/" + TOPIC).orElseThrow().depth()).isZero();
    assertThat(broker.queue("crm/" + TOPIC).orElseThrow().delivering()).isZero();
  }

  @Test
  void putsSeveralMessagesIntoQueuesOrNone() throws Exception {
    broker.openQueue(queue("serai.one", 1000));
    broker.openQueue(queue("serai.two", 1));
    Told told = new Told();
    broker.enqueue(List.of(placed("serai.one", "a"), placed("serai.two", "b")), told);
    told.confirmedInTime();
    await().until(() -> broker.queue("serai.two").orElseThrow().depth() == 1);
    Told refused = new Told();
    broker.enqueue(List.of(placed("serai.one", "c"), placed("serai.two", "d")), refused);
    assertThat(refused.failure().reason()).isEqualTo(Reason.FULL);
    assertThat(ids("serai.one")).containsExactly("a");
    assertThat(ids("serai.two")).containsExactly("b");
  }

  private static Broker.Placed placed(String queue, String id) {
    return new Broker.Placed(queue, text(id));
  }

  @Test
  void movesAndDeletesWhatNobodyWorksOn() throws Exception {
    broker.openQueue(queue("serai.dead/crm", 1000));
    publish(text("m1"));
    publish(text("m2"));
    List<StoredMessage> stored = broker.browse("crm/" + TOPIC, m -> true, 0, 10);
    assertThat(
            broker.move(
                "crm/" + TOPIC,
                stored.get(0).number(),
                "serai.dead/crm",
                message -> message.with().priority(9).build()))
        .isTrue();
    assertThat(broker.move("crm/" + TOPIC, stored.get(0).number(), "serai.dead/crm", m -> m))
        .isFalse();
    assertThat(broker.browse("serai.dead/crm", m -> true, 0, 1).get(0).message().priority())
        .isEqualTo(9);
    assertThat(broker.delete("crm/" + TOPIC, stored.get(1).number())).isTrue();
    assertThat(broker.delete("crm/" + TOPIC, stored.get(1).number())).isFalse();
    assertThat(broker.clear("serai.dead/crm")).isEqualTo(1);
    QueueInfo left = broker.queue("crm/" + TOPIC).orElseThrow();
    assertThat(left.depth()).isZero();
    assertThat(left.delivering()).isZero();
  }

  @Test
  void aChangeThatFailsMovesNothing() throws Exception {
    publish(text("m1"));
    long number = broker.browse("crm/" + TOPIC, m -> true, 0, 1).get(0).number();
    assertThatThrownBy(
            () ->
                broker.move(
                    "crm/" + TOPIC,
                    number,
                    "crm/" + TOPIC,
                    message -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(BrokerException.class);
    assertThat(ids("crm/" + TOPIC)).containsExactly("m1");
  }

  @Test
  void aFullTopicRefusesAndAQueueTakesAgain() throws Exception {
    broker.openQueue(queue("jobs", 2));
    broker.publish("jobs", text("m1"), Confirmation.NONE);
    Told second = new Told();
    broker.publish("jobs", text("m2"), second);
    second.confirmedInTime();
    await().until(() -> broker.queue("jobs").orElseThrow().depth() == 2);
    Told third = new Told();
    broker.publish("jobs", text("m3"), third);
    assertThat(third.failure().reason()).isEqualTo(Reason.FULL);
    broker.delete("jobs", broker.browse("jobs", m -> true, 0, 1).get(0).number());
    await().until(() -> broker.queue("jobs").orElseThrow().depth() == 1);
    Told fourth = new Told();
    broker.publish("jobs", text("m4"), fourth);
    fourth.confirmedInTime();
  }

  @Test
  void anUnknownTopicIsRefused() {
    Told told = new Told();
    broker.publish("no.such", text("m1"), told);
    assertThat(told.failure().reason()).isEqualTo(Reason.UNKNOWN);
    assertThatThrownBy(() -> Inbox.on(broker, "no.such", 1)).isInstanceOf(BrokerException.class);
  }

  @Test
  void aFilterLetsInWhatItWants() throws Exception {
    broker.openQueue(
        new QueueDefinition(
            "crm/" + TOPIC, TOPIC, Optional.of("crm"), Optional.of("region = 'eu'"), true, 0));
    publish(text("us").with().properties(Map.of("region", "us")).build());
    publish(text("eu").with().properties(Map.of("region", "eu")).build());
    assertThat(ids("crm/" + TOPIC)).containsExactly("eu");
    broker.openQueue(subscription("crm"));
    publish(text("us2").with().properties(Map.of("region", "us")).build());
    assertThat(ids("crm/" + TOPIC)).containsExactly("eu", "us2");
    assertThatThrownBy(
            () ->
                broker.openQueue(
                    new QueueDefinition(
                        "crm/" + TOPIC,
                        TOPIC,
                        Optional.of("crm"),
                        Optional.of("region = = 1"),
                        true,
                        0)))
        .isInstanceOf(BrokerException.class);
  }

  @Test
  void aDisabledQueueKeepsWhatItHasAndTakesNothing() throws Exception {
    publish(text("m1"));
    broker.openQueue(
        new QueueDefinition("crm/" + TOPIC, TOPIC, Optional.of("crm"), Optional.empty(), false, 0));
    publish(text("m2"));
    assertThat(ids("crm/" + TOPIC)).containsExactly("m1");
    broker.openQueue(subscription("crm"));
    publish(text("m3"));
    assertThat(ids("crm/" + TOPIC)).containsExactly("m1", "m3");
  }

  @Test
  void theSameDedupIdIsStoredOnce() throws Exception {
    publish(text("m1").with().dedupId(Optional.of("d-1")).build());
    publish(text("m2").with().dedupId(Optional.of("d-1")).build());
    assertThat(ids("crm/" + TOPIC)).containsExactly("m1");
  }

  @Test
  void whatIsExpiredIsNotDelivered() throws Exception {
    publish(text("old").with().expiresAt(System.currentTimeMillis() + 1).build());
    await().until(() -> System.currentTimeMillis() % 10 == 5);
    publish(text("m2"));
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 2)) {
      assertThat(inbox.next().message().id()).isEqualTo("m2");
    }
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    publish(text("m1"));
    broker.close();
    broker = EmbeddedBroker.start(folder.resolve("data"), new EveryoneMay());
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 1)) {
      Delivery delivery = inbox.next();
      assertThat(delivery.message().id()).isEqualTo("m1");
      assertThat(delivery.maybeRedelivered()).isFalse();
    }
  }

  @Test
  void afterACrashWhatWasConfirmedIsThereAndMarked() throws Exception {
    publish(text("m1"));
    publish(text("m2"));
    Inbox before = Inbox.on(broker, "crm/" + TOPIC, 1);
    Told told = new Told();
    before.next().acknowledge(told);
    told.confirmedInTime();
    Path crashed = folder.resolve("crashed");
    copy(folder.resolve("data"), crashed);

    try (EmbeddedBroker next = EmbeddedBroker.start(crashed, new EveryoneMay())) {
      try (Inbox inbox = Inbox.on(next, "crm/" + TOPIC, 2)) {
        Delivery delivery = inbox.next();
        assertThat(delivery.message().id()).isEqualTo("m2");
        assertThat(delivery.maybeRedelivered()).isTrue();
      }
    }
  }

  /** The files as they are at one instant, as a killed process leaves them. */
  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @Test
  void moreThanMemoryHoldsWaitsOnTheDiskInOrder() throws Exception {
    byte[] data = new byte[100_000];
    broker.openTopic(TOPIC, new AddressLimits(10_000));
    for (int i = 0; i < 150; i++) {
      publish(Message.of("m" + i, TOPIC, data, Format.BYTES).build());
    }
    Told told = new Told();
    broker.publish(TOPIC, text("last"), told);
    told.confirmedInTime();
    assertThat(broker.queue("crm/" + TOPIC).orElseThrow().depth()).isEqualTo(151);
    assertThat(broker.browse("crm/" + TOPIC, m -> true, 140, 2).get(0).message().id())
        .isEqualTo("m140");
    long paged =
        broker.browse("crm/" + TOPIC, m -> m.message().id().equals("m149"), 0, 1).get(0).number();
    broker.openQueue(queue("serai.dead/crm", 1000));
    assertThat(broker.move("crm/" + TOPIC, paged, "serai.dead/crm", m -> m)).isTrue();
    try (Inbox inbox = Inbox.on(broker, "crm/" + TOPIC, 1000)) {
      for (int i = 0; i < 149; i++) {
        Delivery delivery = inbox.next();
        assertThat(delivery.message().id()).isEqualTo("m" + i);
        delivery.acknowledge(Confirmation.NONE);
      }
      assertThat(inbox.next().message().id()).isEqualTo("last");
    }
  }
}
