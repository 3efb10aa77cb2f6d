package org.caravanserai.pubsub.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.broker.AddressLimits;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerAccess;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.QueueInfo;
import org.caravanserai.broker.internal.EmbeddedBroker;
import org.caravanserai.pubsub.internal.kind.PubSubSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscriptions make of the broker's queues, and what of it outlives what. */
class SubscriptionsTest {

  private static final Topic ORDERS = new Topic("orders", Topic.Type.TOPIC, 100, 1000);
  private static final Topic BILLS = new Topic("bills", Topic.Type.TOPIC, 100, 1000);

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private Topics topics;
  private Subscriptions subscriptions;
  private final List<String> told = new ArrayList<>();

  private final SubscriptionObserver observer =
      new SubscriptionObserver() {
        @Override
        public void opened(Subscription subscription) {
          told.add("+" + subscription.queue() + (subscription.settings().isPresent() ? "!" : ""));
        }

        @Override
        public void closed(Subscription subscription) {
          told.add("-" + subscription.queue());
        }
      };

  private static final class Nobody implements BrokerAccess {

    @Override
    public String authenticate(String user, String password) {
      return null;
    }

    @Override
    public boolean mayPublish(String definition, String address) {
      return false;
    }

    @Override
    public boolean maySubscribe(String definition, String address) {
      return false;
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(folder, new Nobody());
    topics = new Topics(broker);
    subscriptions = new Subscriptions(broker, topics);
    subscriptions.observe(observer);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private void restart() throws Exception {
    stop();
    told.clear();
    start();
  }

  private static PubSubSubscription object(String... topicList) {
    return Objects.of(PubSubSubscription.class, "security", "ann", "topicList", List.of(topicList));
  }

  private void publish(String topic, String text) throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    broker.publish(
        topic,
        Message.of(
                MessageIds.next(),
                topic,
                text.getBytes(StandardCharsets.UTF_8),
                Message.Format.TEXT)
            .build(),
        new Confirmation() {
          @Override
          public void confirmed() {
            done.complete(true);
          }

          @Override
          public void failed(BrokerException failure) {
            done.completeExceptionally(failure);
          }
        });
    done.get(30, TimeUnit.SECONDS);
  }

  private QueueInfo queue(String name) {
    return broker.queue(name).orElseThrow();
  }

  @Test
  void aSubscriptionByACallOutlivesARestart() throws Exception {
    topics.open(ORDERS);
    assertThat(subscriptions.subscribe("ann", ORDERS)).isTrue();
    assertThat(subscriptions.subscribe("ann", ORDERS)).isFalse();
    publish("orders", "x");

    restart();

    assertThat(told).containsExactly("+ann/orders");
    Subscription mine = subscriptions.find("ann", "ORDERS");
    assertThat(mine.settings()).isEmpty();
    await().untilAsserted(() -> assertThat(queue("ann/orders").depth()).isEqualTo(1));
    assertThat(subscriptions.unsubscribe(mine)).isTrue();
    assertThat(subscriptions.unsubscribe(mine)).isFalse();
    assertThat(broker.queue("ann/orders")).isEmpty();
  }

  @Test
  void anObjectTakesOverTheQueueThatTheBrokerHas() throws Exception {
    topics.open(ORDERS);
    subscriptions.configure(object("orders"));
    publish("orders", "x");
    restart();
    assertThat(told).containsExactly("+ann/orders");

    topics.open(ORDERS);
    subscriptions.configure(object("orders"));

    assertThat(told).containsExactly("+ann/orders", "+ann/orders!");
    await().untilAsserted(() -> assertThat(queue("ann/orders").depth()).isEqualTo(1));
    assertThat(queue("ann/orders").owner()).contains("ann");
  }

  @Test
  void aTopicThatComesLaterIsSubscribedToThen() {
    subscriptions.configure(object("orders"));
    assertThat(told).isEmpty();

    topics.open(ORDERS);

    assertThat(told).containsExactly("+ann/orders!");
  }

  @Test
  void whatIsTakenAwayIsDeletedIfItIsEmptyAndKeptIfNot() throws Exception {
    topics.open(ORDERS);
    topics.open(BILLS);
    subscriptions.configure(object("orders", "bills"));
    publish("orders", "x");
    told.clear();

    subscriptions.forget("ann", true);

    assertThat(told).containsExactlyInAnyOrder("-ann/orders", "-ann/bills");
    assertThat(broker.queue("ann/bills")).isEmpty();
    assertThat(queue("ann/orders").enabled()).isFalse();
    publish("orders", "y");
    await().untilAsserted(() -> assertThat(queue("ann/orders").depth()).isEqualTo(1));
    assertThat(subscriptions.of("ann")).isEmpty();

    restart();
    assertThat(subscriptions.of("ann")).describedAs("it has been taken away").isEmpty();
    topics.open(ORDERS);
    subscriptions.configure(object("orders"));
    publish("orders", "z");
    await()
        .untilAsserted(
            () ->
                assertThat(queue("ann/orders").depth())
                    .describedAs("with what it had")
                    .isEqualTo(2));
  }

  @Test
  void anEditOfTheListTakesAwayWhatItNamesNoMore() throws Exception {
    topics.open(ORDERS);
    topics.open(BILLS);
    subscriptions.configure(object("orders", "bills"));
    publish("bills", "x");

    subscriptions.configure(object("ORDERS"));

    assertThat(subscriptions.of("ann")).extracting(Subscription::topic).containsExactly("orders");
    assertThat(queue("ann/bills").enabled()).isFalse();
    subscriptions.configure(object("orders", "bills"));
    assertThat(queue("ann/bills").enabled()).isTrue();
    await().untilAsserted(() -> assertThat(queue("ann/bills").depth()).isEqualTo(1));
  }

  @Test
  void anObjectThatOnlyEndsKeepsAll() throws Exception {
    topics.open(ORDERS);
    subscriptions.configure(object("orders"));
    publish("orders", "x");
    told.clear();

    subscriptions.forget("ann", false);

    assertThat(told).containsExactly("-ann/orders", "+ann/orders");
    assertThat(queue("ann/orders").enabled()).isTrue();
  }

  @Test
  void aFilterIsTheBrokers() throws Exception {
    topics.open(ORDERS);
    subscriptions.configure(
        Objects.of(
            PubSubSubscription.class,
            "security",
            "ann",
            "topicList",
            List.of("orders"),
            "filter",
            Optional.of("region = 'north'")));
    publish("orders", "x");
    assertThat(queue("ann/orders").depth()).isZero();

    assertThatThrownBy(
            () ->
                subscriptions.configure(
                    Objects.of(
                        PubSubSubscription.class,
                        "security",
                        "bob",
                        "topicList",
                        List.of("orders"),
                        "filter",
                        Optional.of("region ="))))
        .isInstanceOf(BrokerException.class);
  }

  @Test
  void aQueueBetweenTwoPointsIsSharedBySubscribers() {
    Topic jobs = new Topic("jobs", Topic.Type.QUEUE, 100, 1000);
    topics.open(jobs);

    subscriptions.configure(object("jobs"));

    assertThat(subscriptions.of("ann")).extracting(Subscription::queue).containsExactly("jobs");
    subscriptions.forget("ann", true);
    assertThat(broker.queue("jobs").orElseThrow().enabled()).isTrue();
    topics.remove(jobs);
    assertThat(broker.queue("jobs")).isEmpty();
  }

  @Test
  void aServiceHasAQueueOnceItHasBeenPublishedTo() throws Exception {
    Subscription first = subscriptions.service("orders.store", 100);

    assertThat(first.queue()).isEqualTo("serai.service/orders.store");
    assertThat(first.service()).contains("orders.store");
    assertThat(subscriptions.service("orders.store", 100)).isSameAs(first);
    assertThat(told).containsExactly("+serai.service/orders.store");
    restart();
    assertThat(told).containsExactly("+serai.service/orders.store");
    assertThat(subscriptions.hasService("orders.store")).isTrue();
  }

  @Test
  void oneNameIsOneThing() {
    topics.open(ORDERS);

    assertThatThrownBy(() -> topics.open(new Topic("Orders", Topic.Type.TOPIC, 1, 1)))
        .hasMessage("there is the topic orders already");
    assertThatThrownBy(() -> topics.open(new Topic("orders", Topic.Type.QUEUE, 1, 1)))
        .hasMessageContaining("already");
    topics.close(ORDERS);
    assertThat(topics.find("orders")).isNull();
    assertThat(topics.all()).isEmpty();
  }

  @Test
  void queuesOfOthersAreNotSubscriptions() throws Exception {
    Broker own = broker;
    own.openTopic("orders", new AddressLimits(10));
    own.openQueue(
        new org.caravanserai.broker.QueueDefinition(
            "mqtt.client", "orders", Optional.of("ann"), Optional.empty(), true, 0));

    restart();

    assertThat(subscriptions.all()).isEmpty();
    assertThat(QueueNames.topic("a/b/c")).contains("c");
    assertThat(QueueNames.topic("plain")).isEmpty();
    assertThat(QueueNames.origin(QueueNames.dead("a/b"))).contains("a/b");
    assertThat(QueueNames.origin("a/b")).isEmpty();
  }
}
