package org.caravanserai.pubsub.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.caravanserai.broker.QueueDefinition;
import org.caravanserai.broker.internal.EmbeddedBroker;
import org.caravanserai.pubsub.RemoteStatus;
import org.caravanserai.pubsub.internal.Topics;
import org.caravanserai.pubsub.internal.kind.PubSubTopic;
import org.caravanserai.pubsub.internal.kind.PubSubTopic.BackendType;
import org.caravanserai.pubsub.internal.kind.PubSubTopic.Remote;
import org.caravanserai.pubsub.internal.kind.TopicKind;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a topic over a third broker. */
class RemoteTopicTest {

  private static final Duration IN_TIME = Duration.ofSeconds(60);
  private static final String TOPIC = "shared.orders";
  private static final String THERE = "common.orders";
  private static final String QUEUE = "crm/" + TOPIC;

  @TempDir private Path folder;
  private EmbeddedBroker common;
  private Site one;
  private Site other;

  @BeforeEach
  void start() throws Exception {
    startCommon(0);
    one = new Site("one");
    other = new Site("other");
    await().atMost(IN_TIME).until(() -> subscriptions() == 2);
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    common.close();
  }

  private void startCommon(int port) throws Exception {
    common = EmbeddedBroker.start(folder.resolve("common"), new Everybody(), port);
    common.openTopic(THERE, new AddressLimits(10_000));
  }

  private long subscriptions() {
    return common.queues().stream().filter(queue -> queue.address().equals(THERE)).count();
  }

  private PubSubTopic topic(int port) {
    return topic(
        BackendType.AMQP,
        Optional.of(
            new Remote(
                "amqp://127.0.0.1:" + port,
                Optional.of(THERE),
                Optional.of("serai"),
                Optional.of("right"))));
  }

  private static PubSubTopic topic(BackendType type, Optional<Remote> remote) {
    return new PubSubTopic(TOPIC, true, Optional.empty(), 10_000, "10MB", type, remote);
  }

  private static Message message(String id) {
    return Message.of(
            id, TOPIC, ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8), Format.JSON)
        .contentType(Optional.of("application/json"))
        .correlId(Optional.of("c-1"))
        .publisher(Optional.of("shop"))
        .priority(7)
        .cid("cid-1")
        .properties(Map.of("region", "eu", "count", 3))
        .build();
  }

  @Test
  void everySubscriberGetsEachMessageOnceWhoeverPublishedIt() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add("m" + i);
      (i % 2 == 0 ? one : other).publish(message("m" + i));
    }
    for (Site site : List.of(one, other)) {
      await()
          .atMost(IN_TIME)
          .untilAsserted(
              () -> assertThat(site.waiting()).extracting(Message::id).hasSameElementsAs(ids));
      assertThat(site.waiting()).extracting(Message::id).doesNotHaveDuplicates();
      assertThat(site.status().waiting()).isZero();
    }
    Message read = other.waiting().stream().filter(m -> m.id().equals("m0")).findFirst().get();
    assertThat(read.topic()).isEqualTo(TOPIC);
    assertThat(read.format()).isEqualTo(Format.JSON);
    assertThat(read.data()).isEqualTo(message("m0").data());
    assertThat(read.contentType()).contains("application/json");
    assertThat(read.correlId()).contains("c-1");
    assertThat(read.publisher()).contains("shop");
    assertThat(read.priority()).isEqualTo(7);
    assertThat(read.cid()).isEqualTo("cid-1");
    assertThat(read.properties()).containsEntry("region", "eu").containsEntry("count", 3);
  }

  @Test
  void whatIsPublishedWhileTheOtherBrokerIsAwayIsConfirmedAndGoesThereLater() throws Exception {
    int port = common.port();
    common.close();
    for (int i = 0; i < 10; i++) {
      one.publish(message("m" + i));
    }
    assertThat(one.waiting()).isEmpty();
    await().atMost(IN_TIME).until(() -> one.status().failure().isPresent());
    assertThat(one.status().connected()).isFalse();
    assertThat(one.status().waiting()).isEqualTo(10);
    startCommon(port);
    for (Site site : List.of(one, other)) {
      await().atMost(IN_TIME).until(() -> site.waiting().size() == 10);
      assertThat(site.waiting())
          .extracting(Message::id)
          .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
      await().atMost(IN_TIME).until(() -> site.status().connected());
      assertThat(site.status().failure()).isEmpty();
    }
  }

  @Test
  void whatTheOtherBrokerRefusedGoesThereInItsOrderAsSoonAsItTakesIt() throws Exception {
    int port = common.port();
    common.close();
    for (int i = 0; i < 10; i++) {
      one.publish(message("m" + i));
    }
    await().atMost(IN_TIME).until(() -> one.status().failure().isPresent());
    String away = one.status().failure().orElseThrow();
    Files.move(folder.resolve("common"), folder.resolve("common before"));
    common = EmbeddedBroker.start(folder.resolve("common"), new Everybody(), port);
    await()
        .atMost(IN_TIME)
        .until(() -> one.status().failure().filter(f -> !f.equals(away)).isPresent());
    common.openTopic(THERE, new AddressLimits(10_000));
    await().atMost(IN_TIME).until(() -> one.waiting().size() == 10);
    assertThat(one.waiting())
        .extracting(Message::id)
        .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
  }

  @Test
  void aServerThatWasAwayGetsWhatItMissed() throws Exception {
    other.close();
    one.publish(message("m1"));
    await().atMost(IN_TIME).until(() -> one.waiting().size() == 1);
    other = new Site("other");
    await().atMost(IN_TIME).until(() -> other.waiting().size() == 1);
  }

  @Test
  void whatOthersPublishThereComesHere() throws Exception {
    CompletableFuture<Void> told = new CompletableFuture<>();
    common.publish(
        THERE,
        Message.of("x1", THERE, "text".getBytes(StandardCharsets.UTF_8), Format.TEXT).build(),
        new Told(told));
    told.get();
    await().atMost(IN_TIME).until(() -> one.waiting().size() == 1);
    assertThat(one.waiting().get(0).format()).isEqualTo(Format.TEXT);
    assertThat(one.waiting().get(0).data()).asString().isEqualTo("text");
  }

  @Test
  void aTopicThatIsSharedNoMoreStaysHere() throws Exception {
    one.live.replace(topic(BackendType.BUILTIN, Optional.empty()));
    one.publish(message("m1"));
    await().atMost(IN_TIME).until(() -> one.waiting().size() == 1);
    assertThat(other.waiting()).isEmpty();
    assertThat(one.links.find(TOPIC)).isEmpty();
    await().atMost(IN_TIME).until(() -> subscriptions() == 1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> one.kind.validate(topic(BackendType.AMQP, Optional.empty())))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("missing");
    assertThatThrownBy(
            () ->
                one.kind.validate(
                    topic(
                        BackendType.AMQP,
                        Optional.of(
                            new Remote(
                                "http://x",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessageContaining("amqp://");
  }

  /** A server with the topic, and a subscription to it. */
  private final class Site implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final RemoteLinks links;
    private final TopicKind kind;
    private final LiveObject<PubSubTopic> live;

    Site(String name) throws Exception {
      broker = EmbeddedBroker.start(folder.resolve(name), new Everybody());
      links = new RemoteLinks(broker);
      kind = new TopicKind(new Topics(broker), links);
      kind.validate(topic(common.port()));
      live = kind.open(topic(common.port()));
      broker.openQueue(
          new QueueDefinition(QUEUE, TOPIC, Optional.of("crm"), Optional.empty(), true, 0));
    }

    void publish(Message message) throws Exception {
      CompletableFuture<Void> told = new CompletableFuture<>();
      broker.publish(TOPIC, message, new Told(told));
      told.get();
    }

    List<Message> waiting() {
      return broker.browse(QUEUE, message -> true, 0, 100).stream()
          .map(stored -> stored.message())
          .toList();
    }

    RemoteStatus status() {
      return links.find(TOPIC).orElseThrow().status();
    }

    @Override
    public void close() {
      live.close();
      broker.close();
    }
  }

  private record Told(CompletableFuture<Void> told) implements Confirmation {

    @Override
    public void confirmed() {
      told.complete(null);
    }

    @Override
    public void failed(BrokerException failure) {
      told.completeExceptionally(failure);
    }
  }

  private static final class Everybody implements BrokerAccess {

    @Override
    public String authenticate(String user, String password) {
      return password.equals("right") ? user : null;
    }

    @Override
    public boolean mayPublish(String definition, String address) {
      return true;
    }

    @Override
    public boolean maySubscribe(String definition, String address) {
      return true;
    }
  }
}
