package org.caravanserai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of AMQP 1.0, and of JMS over it, may and may not. */
class AmqpTest {

  private static final int IN_TIME = 20_000;
  private static final int NOTHING = 300;

  @TempDir private Path folder;
  private Guarded guarded;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    guarded = new Guarded(folder);
  }

  @AfterEach
  void stop() throws Exception {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (JMSException e) {
        // It was ended by the broker.
      }
    }
    guarded.close();
  }

  private Session connect(String user, String password) throws JMSException {
    Connection connection =
        new JmsConnectionFactory(
                user,
                password,
                "amqp://127.0.0.1:"
                    + guarded.broker.port()
                    + "?jms.requestTimeout=10000&jms.connectTimeout=10000")
            .createConnection();
    connections.add(connection);
    connection.setClientID(user + "-" + connections.size());
    connection.start();
    return connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
  }

  private static void send(Session session, Destination to, jakarta.jms.Message message)
      throws JMSException {
    try (MessageProducer producer = session.createProducer(to)) {
      producer.send(message);
    }
  }

  @Test
  void publishesAllThatAMessageSays() throws Exception {
    Session shop = connect("shop", "right");
    TextMessage message = shop.createTextMessage("hello");
    message.setJMSCorrelationID("c-1");
    message.setStringProperty("region", "eu");
    message.setIntProperty("count", 3);
    try (MessageProducer producer = shop.createProducer(shop.createTopic(Guarded.EU))) {
      producer.setPriority(8);
      producer.setTimeToLive(60_000);
      producer.send(message);
    }
    Message read = guarded.waiting("crm/orders.eu").get(0);
    assertThat(new String(read.data(), StandardCharsets.UTF_8)).isEqualTo("hello");
    assertThat(read.format()).isEqualTo(Format.TEXT);
    assertThat(read.priority()).isEqualTo(8);
    assertThat(read.correlId()).contains("c-1");
    assertThat(read.publisher()).contains("shop");
    assertThat(read.expiresAt()).isGreaterThan(System.currentTimeMillis());
    assertThat(read.properties()).containsEntry("region", "eu").containsEntry("count", 3);
    assertThat(read.properties().keySet()).containsExactlyInAnyOrder("region", "count");
  }

  @Test
  void mapsAndBytesAreWhatTheyAre() throws Exception {
    Session shop = connect("shop", "right");
    MapMessage map = shop.createMapMessage();
    map.setString("name", "a \"b\"");
    map.setInt("n", 1);
    send(shop, shop.createTopic(Guarded.EU), map);
    BytesMessage bytes = shop.createBytesMessage();
    bytes.writeBytes(new byte[] {(byte) 0xff, 1});
    send(shop, shop.createTopic(Guarded.EU), bytes);
    List<Message> read = guarded.waiting("crm/orders.eu");
    assertThat(read.get(0).format()).isEqualTo(Format.JSON);
    assertThat(new String(read.get(0).data(), StandardCharsets.UTF_8))
        .contains("\"name\":\"a \\\"b\\\"\"")
        .contains("\"n\":1");
    assertThat(read.get(1).format()).isEqualTo(Format.BYTES);
    assertThat(read.get(1).data()).containsExactly(0xff, 1);
  }

  @Test
  void hearsWhatOthersPublish() throws Exception {
    Session crm = connect("crm", "right");
    MessageConsumer consumer =
        crm.createDurableConsumer(crm.createTopic(Guarded.EU), "subscription");
    guarded.publish(Guarded.EU, "text");
    guarded.publish(
        Message.of("m2", Guarded.EU, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), Format.JSON)
            .properties(Map.of("region", "eu"))
            .correlId(Optional.of("c"))
            .priority(7)
            .build());
    TextMessage first = (TextMessage) consumer.receive(IN_TIME);
    assertThat(first.getText()).isEqualTo("text");
    BytesMessage second = (BytesMessage) consumer.receive(IN_TIME);
    assertThat(second.getBody(byte[].class)).asString().isEqualTo("{\"a\":1}");
    assertThat(second.getStringProperty("region")).isEqualTo("eu");
    assertThat(second.getStringProperty("serai_msg_id")).isEqualTo("m2");
    assertThat(second.getJMSCorrelationID()).isEqualTo("c");
    assertThat(second.getJMSPriority()).isEqualTo(7);
  }

  @Test
  void consumesFromItsOwnSubscriptionAndFromQueues() throws Exception {
    Session crm = connect("crm", "right");
    MessageConsumer own = crm.createConsumer(crm.createQueue("orders.eu::crm/orders.eu"));
    guarded.publish(Guarded.EU, "own");
    assertThat(((TextMessage) own.receive(IN_TIME)).getText()).isEqualTo("own");
    Session shop = connect("shop", "right");
    send(shop, shop.createQueue(Guarded.JOBS), shop.createTextMessage("job"));
    MessageConsumer jobs = crm.createConsumer(crm.createQueue(Guarded.JOBS));
    TextMessage job = (TextMessage) jobs.receive(IN_TIME);
    assertThat(job.getText()).isEqualTo("job");
    job.acknowledge();
    await().until(() -> guarded.broker.queue(Guarded.JOBS).orElseThrow().depth() == 0);
  }

  @Test
  void wrongCredentialsAreRefused() {
    assertThatThrownBy(() -> connect("shop", "wrong")).isInstanceOf(JMSException.class);
    assertThatThrownBy(() -> connect("nobody", "right")).isInstanceOf(JMSException.class);
  }

  @Test
  void nothingIsDoneWithoutPermission() throws Exception {
    Session shop = connect("shop", "right");
    assertThatThrownBy(
            () -> send(shop, shop.createTopic(Guarded.SECRET), shop.createTextMessage("x")))
        .isInstanceOf(JMSException.class);
    Session crm = connect("crm", "right");
    for (String topic : List.of(Guarded.US, "orders.none")) {
      assertThatThrownBy(() -> crm.createConsumer(crm.createTopic(topic)))
          .as(topic)
          .isInstanceOf(JMSException.class);
    }
    assertThatThrownBy(() -> send(crm, crm.createTopic("orders.none"), crm.createTextMessage("x")))
        .isInstanceOf(JMSException.class);
  }

  @Test
  void othersQueuesAndOtherKindsOfAddressAreClosed() throws Exception {
    guarded.publish(Guarded.EU, "for crm");
    Session erp = connect("erp", "right");
    for (String place :
        List.of(
            "orders.eu::crm/orders.eu",
            "crm/orders.eu",
            "serai.dead/jobs",
            "activemq.management",
            "jobs")) {
      assertThatThrownBy(() -> erp.createConsumer(erp.createQueue(place)))
          .as(place)
          .isInstanceOf(JMSException.class);
    }
    Session shop = connect("shop", "right");
    for (String place :
        List.of("orders.eu::crm/orders.eu", "serai.dead/jobs", "activemq.management")) {
      assertThatThrownBy(() -> send(shop, shop.createQueue(place), shop.createTextMessage("x")))
          .as(place)
          .isInstanceOf(JMSException.class);
    }
    assertThat(guarded.waiting("crm/orders.eu")).hasSize(1);
    Session other = connect("erp", "right");
    assertThatThrownBy(() -> other.createConsumer(other.createQueue(Guarded.EU)))
        .isInstanceOf(JMSException.class);
  }

  @Test
  void aWiderWildcardShowsNoMoreThanIsAllowed() throws Exception {
    Session crm = connect("crm", "right");
    MessageConsumer consumer = crm.createConsumer(crm.createTopic("#"));
    guarded.publish(Guarded.US, "us");
    guarded.publish(Guarded.SECRET, "hidden");
    guarded.publish(Guarded.EU, "eu");
    assertThat(((TextMessage) consumer.receive(IN_TIME)).getText()).isEqualTo("eu");
    assertThat(consumer.receive(NOTHING)).isNull();
  }

  @Test
  void aRevokedPermissionEndsTheConnection() throws Exception {
    Session crm = connect("crm", "right");
    crm.createConsumer(crm.createQueue("orders.eu::crm/orders.eu"));
    List<JMSException> ended = new CopyOnWriteArrayList<>();
    connections.get(0).setExceptionListener(ended::add);
    guarded.revoke("crm", Guarded.EU);
    await().until(() -> !ended.isEmpty());
    Session again = connect("crm", "right");
    assertThatThrownBy(() -> again.createConsumer(again.createQueue("orders.eu::crm/orders.eu")))
        .isInstanceOf(JMSException.class);
  }
}
