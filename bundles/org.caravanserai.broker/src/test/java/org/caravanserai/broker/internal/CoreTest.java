package org.caravanserai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.caravanserai.broker.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of Artemis' own protocol may and may not. */
class CoreTest {

  private static final int IN_TIME = 20_000;

  @TempDir private Path folder;
  private Guarded guarded;
  private ServerLocator locator;
  private ClientSessionFactory factory;

  @BeforeEach
  void start() throws Exception {
    guarded = new Guarded(folder);
    locator = ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + guarded.broker.port());
    locator.setReconnectAttempts(0);
    locator.setBlockOnDurableSend(true);
    factory = locator.createSessionFactory();
  }

  @AfterEach
  void stop() {
    factory.close();
    locator.close();
    guarded.close();
  }

  private ClientSession session(String user, boolean autoCommit) throws ActiveMQException {
    ClientSession session =
        factory.createSession(user, "right", false, autoCommit, autoCommit, false, 1);
    session.start();
    return session;
  }

  private static void send(ClientSession session, String address, String text)
      throws ActiveMQException {
    try (ClientProducer producer = session.createProducer(address)) {
      ClientMessage message =
          session.createMessage(org.apache.activemq.artemis.api.core.Message.TEXT_TYPE, true);
      message
          .getBodyBuffer()
          .writeNullableSimpleString(org.apache.activemq.artemis.api.core.SimpleString.of(text));
      message.putStringProperty("serai_publisher", "somebody else");
      producer.send(message);
    }
  }

  @Test
  void publishesInItsOwnNameOnly() throws Exception {
    try (ClientSession shop = session("shop", true)) {
      send(shop, Guarded.EU, "hello");
    }
    Message message = guarded.waiting("crm/orders.eu").get(0);
    assertThat(message.data()).asString().isEqualTo("hello");
    assertThat(message.publisher()).contains("shop");
  }

  @Test
  void whatIsNeverAcknowledgedBecomesADeadLetter() throws Exception {
    guarded.publish(Guarded.JOBS, "poison");
    guarded.publish(Guarded.JOBS, "fine");
    try (ClientSession crm = session("crm", false);
        ClientConsumer consumer = crm.createConsumer(Guarded.JOBS)) {
      String id = "";
      for (int i = 0; i < 100 && !id.equals("id-fine"); i++) {
        ClientMessage message = consumer.receive(IN_TIME);
        id = message.getStringProperty("serai_msg_id");
        message.acknowledge();
        crm.rollback();
      }
      assertThat(id).isEqualTo("id-fine");
      await().until(() -> guarded.waiting("serai.dead/jobs").size() == 1);
      assertThat(guarded.waiting("serai.dead/jobs").get(0).id()).isEqualTo("id-poison");
      assertThat(guarded.waiting("serai.dead/jobs").get(0).properties())
          .containsEntry("dead_attempts", 20);
    }
  }

  @Test
  void wrongCredentialsAndMissingOnesAreRefused() {
    assertThatThrownBy(() -> factory.createSession("shop", "wrong", false, true, true, false, 1))
        .isInstanceOf(ActiveMQException.class);
    assertThatThrownBy(() -> factory.createSession()).isInstanceOf(ActiveMQException.class);
    assertThatThrownBy(
            () ->
                factory.createSession(
                    "ACTIVEMQ.CLUSTER.ADMIN.USER", "CHANGE ME!!", false, true, true, false, 1))
        .isInstanceOf(ActiveMQException.class);
  }

  @Test
  void nothingIsDoneWithoutPermission() throws Exception {
    try (ClientSession shop = session("shop", true)) {
      for (String address :
          List.of(
              Guarded.SECRET,
              "orders.none",
              "activemq.management",
              "serai.dead/jobs",
              "orders.eu::crm/orders.eu")) {
        assertThatThrownBy(() -> send(shop, address, "x"))
            .as(address)
            .isInstanceOf(ActiveMQException.class);
      }
    }
    try (ClientSession erp = session("erp", true)) {
      for (String queue : List.of("crm/orders.eu", "jobs", "orders.eu::crm/orders.eu")) {
        assertThatThrownBy(() -> erp.createConsumer(queue))
            .as(queue)
            .isInstanceOf(ActiveMQException.class);
        assertThatThrownBy(() -> erp.createConsumer(queue, true))
            .as("browsing " + queue)
            .isInstanceOf(ActiveMQException.class);
        assertThatThrownBy(() -> erp.deleteQueue(queue))
            .as("deleting " + queue)
            .isInstanceOf(ActiveMQException.class);
      }
      assertIsNotMade(erp, "crm/secret", Guarded.SECRET, RoutingType.MULTICAST);
      assertIsNotMade(erp, "mine", Guarded.EU, RoutingType.ANYCAST);
      assertIsNotMade(erp, "serai.dead/mine", Guarded.EU, RoutingType.MULTICAST);
      assertThatThrownBy(
              () ->
                  erp.createAddress(
                      org.apache.activemq.artemis.api.core.SimpleString.of("orders.own"),
                      RoutingType.MULTICAST,
                      false))
          .isInstanceOf(ActiveMQException.class);
    }
  }

  @Test
  void aQueueOfItsOwnIsMadeUsedAndDeleted() throws Exception {
    try (ClientSession erp = session("erp", true)) {
      erp.createQueue(
          QueueConfiguration.of("mine")
              .setAddress(Guarded.EU)
              .setRoutingType(RoutingType.MULTICAST));
      guarded.publish(Guarded.EU, "text");
      try (ClientConsumer consumer = erp.createConsumer("mine")) {
        assertThat(consumer.receive(IN_TIME).getStringProperty("serai_msg_id"))
            .isEqualTo("id-text");
      }
      erp.deleteQueue("mine");
    }
    assertThat(guarded.broker.queue("mine")).isEmpty();
  }

  /** The client is not told in every case. */
  private void assertIsNotMade(
      ClientSession session, String queue, String address, RoutingType type) {
    try {
      session.createQueue(QueueConfiguration.of(queue).setAddress(address).setRoutingType(type));
      session.queueQuery(org.apache.activemq.artemis.api.core.SimpleString.of(queue));
    } catch (ActiveMQException e) {
      assertThat(e).hasMessageNotContaining("\tat ");
    }
    assertThat(guarded.broker.queue(queue)).isEmpty();
  }
}
