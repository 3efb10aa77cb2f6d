package org.caravanserai.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of MQTT 3.1.1 may and may not. */
class MqttTest {

  @TempDir private Path folder;
  private Guarded guarded;
  private final List<MqttClient> clients = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    guarded = new Guarded(folder);
  }

  @AfterEach
  void stop() throws Exception {
    for (MqttClient client : clients) {
      if (client.isConnected()) {
        client.disconnectForcibly(100, 100);
      }
      client.close(true);
    }
    guarded.close();
  }

  private MqttClient connect(String user, String password) throws MqttException {
    return connect(user, options(user, password));
  }

  private MqttClient connect(String id, MqttConnectOptions options) throws MqttException {
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + guarded.broker.port(), id + "-1", new MemoryPersistence());
    client.setTimeToWait(10_000);
    clients.add(client);
    client.connect(options);
    return client;
  }

  private static MqttConnectOptions options(String user, String password) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(user);
    options.setPassword(password.toCharArray());
    options.setCleanSession(false);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    return options;
  }

  private static List<String> listen(MqttClient client, String filter) throws MqttException {
    List<String> heard = new CopyOnWriteArrayList<>();
    client.subscribe(
        filter,
        1,
        (topic, message) ->
            heard.add(topic + "=" + new String(message.getPayload(), StandardCharsets.UTF_8)));
    return heard;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void publishesToTheTopicThatHasDots() throws Exception {
    connect("shop", "right").publish("orders/eu", bytes("{\"n\":1}"), 1, false);
    await().until(() -> guarded.waiting("crm/orders.eu").size() == 1);
    Message message = guarded.waiting("crm/orders.eu").get(0);
    assertThat(message.topic()).isEqualTo(Guarded.EU);
    assertThat(message.format()).isEqualTo(Format.JSON);
    assertThat(message.publisher()).contains("shop");
    assertThat(message.priority()).isEqualTo(4);
    assertThat(new String(message.data(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":1}");
    assertThat(message.receivedAt()).isPositive();
  }

  @Test
  void textAndBytesAreWhatTheyAre() throws Exception {
    MqttClient shop = connect("shop", "right");
    shop.publish("orders/eu", bytes("grüezi"), 1, false);
    shop.publish("orders/eu", new byte[] {(byte) 0xff, 0}, 1, false);
    await().until(() -> guarded.waiting("crm/orders.eu").size() == 2);
    assertThat(guarded.waiting("crm/orders.eu"))
        .extracting(Message::format)
        .containsExactly(Format.TEXT, Format.BYTES);
  }

  @Test
  void hearsWhatOthersPublish() throws Exception {
    List<String> heard = listen(connect("crm", "right"), "orders/eu");
    guarded.publish(Guarded.EU, "text");
    guarded.publish(
        Message.of("m2", Guarded.EU, bytes("{\"a\":1}"), Format.JSON)
            .properties(Map.of("region", "eu"))
            .correlId(Optional.of("c"))
            .build());
    await()
        .untilAsserted(
            () -> assertThat(heard).containsExactly("orders/eu=text", "orders/eu={\"a\":1}"));
  }

  @Test
  void aSessionThatWasAwayGetsWhatItMissed() throws Exception {
    MqttClient crm = connect("crm", "right");
    listen(crm, "orders/eu");
    crm.disconnect();
    guarded.publish(Guarded.EU, "missed");
    List<String> heard = new CopyOnWriteArrayList<>();
    MqttClient again =
        new MqttClient(
            "tcp://127.0.0.1:" + guarded.broker.port(), "crm-1", new MemoryPersistence());
    clients.add(again);
    again.setCallback(
        new org.eclipse.paho.client.mqttv3.MqttCallback() {
          @Override
          public void connectionLost(Throwable cause) {}

          @Override
          public void messageArrived(String topic, MqttMessage message) {
            heard.add(new String(message.getPayload(), StandardCharsets.UTF_8));
          }

          @Override
          public void deliveryComplete(org.eclipse.paho.client.mqttv3.IMqttDeliveryToken token) {}
        });
    again.connect(options("crm", "right"));
    await().untilAsserted(() -> assertThat(heard).containsExactly("missed"));
  }

  @Test
  void wrongCredentialsAreRefused() {
    assertThatThrownBy(() -> connect("shop", "wrong")).isInstanceOf(MqttSecurityException.class);
    assertThatThrownBy(() -> connect("nobody", "right")).isInstanceOf(MqttSecurityException.class);
  }

  @Test
  void publishingWithoutPermissionEndsTheConnectionAndStoresNothing() throws Exception {
    MqttClient shop = connect("shop", "right");
    assertThatThrownBy(() -> shop.publish("secret", bytes("x"), 1, false))
        .isInstanceOf(MqttException.class);
    await().until(() -> !shop.isConnected());
    MqttClient crm = connect("crm", "right");
    assertThatThrownBy(() -> crm.publish("orders/eu", bytes("x"), 1, false))
        .isInstanceOf(MqttException.class);
    assertThat(guarded.waiting("crm/orders.eu")).isEmpty();
  }

  @Test
  void anUnknownTopicIsNotMade() throws Exception {
    MqttClient shop = connect("shop", "right");
    assertThatThrownBy(() -> shop.publish("orders/none", bytes("x"), 1, false))
        .isInstanceOf(MqttException.class);
    assertThatThrownBy(() -> listen(connect("crm", "right"), "orders/none"))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void subscribingWithoutPermissionIsRefused() throws Exception {
    MqttClient crm = connect("crm", "right");
    assertThatThrownBy(() -> listen(crm, "orders/us")).isInstanceOf(MqttException.class);
  }

  @Test
  void aWiderWildcardShowsNoMoreThanIsAllowed() throws Exception {
    List<String> heard = listen(connect("crm", "right"), "#");
    List<String> all = listen(connect("erp", "right"), "#");
    guarded.publish(Guarded.US, "us");
    guarded.publish(Guarded.SECRET, "hidden");
    guarded.publish(Guarded.EU, "eu");
    await()
        .untilAsserted(
            () -> assertThat(all).containsExactly("orders/us=us", "secret=hidden", "orders/eu=eu"));
    await().untilAsserted(() -> assertThat(heard).containsExactly("orders/eu=eu"));
    assertThat(
            guarded.broker.queues().stream()
                .filter(queue -> queue.name().equals("crm-1.#"))
                .findFirst()
                .orElseThrow()
                .depth())
        .isZero();
  }

  @Test
  void retainedMessagesKeepToPermissions() throws Exception {
    MqttClient erp = connect("erp", "right");
    erp.publish("secret", bytes("kept secret"), 1, true);
    erp.publish("orders/eu", bytes("kept"), 1, true);
    List<String> heard = listen(connect("crm", "right"), "#");
    await().untilAsserted(() -> assertThat(heard).contains("orders/eu=kept"));
    guarded.publish(Guarded.EU, "later");
    await().untilAsserted(() -> assertThat(heard).contains("orders/eu=later"));
    assertThat(heard).noneMatch(text -> text.contains("secret"));
    MqttClient shop = connect("shop", "right");
    assertThatThrownBy(() -> shop.publish("secret", bytes("x"), 1, true))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void aWillKeepsToPermissions() throws Exception {
    for (String topic : List.of("secret", "orders/eu")) {
      MqttConnectOptions options = options("shop", "right");
      options.setWill(topic, bytes("gone"), 1, false);
      MqttClient client = connect("will-" + topic.length(), options);
      client.disconnectForcibly(0, 0, false);
    }
    await().until(() -> guarded.waiting("crm/orders.eu").size() == 1);
    List<String> heard = listen(connect("erp", "right"), "secret");
    guarded.publish(Guarded.SECRET, "fine");
    await().untilAsserted(() -> assertThat(heard).containsExactly("secret=fine"));
  }

  @Test
  void internalAddressesAreClosed() throws Exception {
    for (String topic :
        List.of(
            "activemq/management",
            "activemq/notifications",
            "serai/dead/crm",
            "$sys/mqtt/sessions",
            "$SYS/mqtt/sessions")) {
      MqttClient shop = connect("shop", "right");
      assertThatThrownBy(() -> shop.publish(topic, bytes("x"), 1, false))
          .as(topic)
          .isInstanceOf(MqttException.class);
      MqttClient erp = connect("erp", "right");
      assertThatThrownBy(() -> listen(erp, topic)).as(topic).isInstanceOf(MqttException.class);
    }
  }

  @Test
  void othersQueuesAreClosed() throws Exception {
    guarded.publish(Guarded.EU, "for crm");
    MqttClient erp = connect("erp", "right");
    assertThatThrownBy(() -> listen(erp, "orders.eu::crm/orders.eu"))
        .isInstanceOf(MqttException.class);
    assertThat(guarded.waiting("crm/orders.eu")).hasSize(1);
  }

  @Test
  void aSessionIsWithWhoMadeIt() throws Exception {
    MqttClient crm = connect("crm", "right");
    List<String> heard = listen(crm, "orders/eu");
    assertThatThrownBy(() -> connect("crm", options("erp", "right")))
        .isInstanceOf(MqttException.class);
    assertThat(crm.isConnected()).isTrue();
    crm.disconnect();
    guarded.publish(Guarded.EU, "missed");
    assertThatThrownBy(() -> connect("crm", options("erp", "right")))
        .isInstanceOf(MqttException.class);
    assertThat(heard).isEmpty();
    assertThat(guarded.waiting("crm-1.orders.eu")).hasSize(1);
  }

  @Test
  void aRevokedPermissionEndsTheConnection() throws Exception {
    MqttClient crm = connect("crm", "right");
    List<String> heard = listen(crm, "orders/eu");
    guarded.revoke("crm", Guarded.EU);
    await().until(() -> !crm.isConnected());
    guarded.publish(Guarded.EU, "later");
    connect("crm", "right");
    assertThat(heard).isEmpty();
    assertThat(
            guarded.broker.queues().stream()
                .filter(queue -> queue.name().equals("crm-1.orders.eu"))
                .findFirst()
                .orElseThrow()
                .depth())
        .isZero();
  }
}
