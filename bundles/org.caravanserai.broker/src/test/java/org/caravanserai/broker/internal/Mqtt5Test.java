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
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of MQTT 5 may and may not, and what becomes of their properties. */
class Mqtt5Test {

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
    MqttClient client =
        new MqttClient(
            "tcp://127.0.0.1:" + guarded.broker.port(),
            user + "-" + clients.size(),
            new MemoryPersistence());
    client.setTimeToWait(10_000);
    clients.add(client);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(user);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    client.connect(options);
    return client;
  }

  private static List<MqttMessage> listen(MqttClient client, String filter) throws MqttException {
    Heard heard = new Heard();
    client.setCallback(heard);
    client.subscribe(filter, 1);
    return heard.messages;
  }

  /** Keeps what arrives. */
  private static final class Heard implements MqttCallback {

    private final List<MqttMessage> messages = new CopyOnWriteArrayList<>();

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      messages.add(message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String address) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }

  @Test
  void publishesAllThatAMessageSays() throws Exception {
    MqttMessage message = new MqttMessage("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/json");
    properties.setCorrelationData("c-1".getBytes(StandardCharsets.UTF_8));
    properties.setUserProperties(List.of(new UserProperty("region", "eu")));
    properties.setMessageExpiryInterval(60L);
    message.setProperties(properties);
    connect("shop", "right").publish("orders/eu", message);
    await().until(() -> guarded.waiting("crm/orders.eu").size() == 1);
    Message read = guarded.waiting("crm/orders.eu").get(0);
    assertThat(read.format()).isEqualTo(Format.JSON);
    assertThat(read.contentType()).contains("application/json");
    assertThat(read.correlId()).contains("c-1");
    assertThat(read.properties()).isEqualTo(Map.of("region", "eu"));
    assertThat(read.expiresAt()).isGreaterThan(System.currentTimeMillis());
    assertThat(read.publisher()).contains("shop");
  }

  @Test
  void hearsAllThatOthersSay() throws Exception {
    List<MqttMessage> heard = listen(connect("crm", "right"), "orders/eu");
    guarded.publish(
        Message.of("m1", Guarded.EU, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), Format.JSON)
            .correlId(Optional.of("c-1"))
            .properties(Map.of("count", 3))
            .expiresAt(System.currentTimeMillis() + 60_000)
            .build());
    await().until(() -> heard.size() == 1);
    MqttProperties properties = heard.get(0).getProperties();
    assertThat(heard.get(0).getPayload()).asString().isEqualTo("{\"a\":1}");
    assertThat(properties.getContentType()).isEqualTo("application/json");
    assertThat(properties.getCorrelationData()).asString().isEqualTo("c-1");
    assertThat(properties.getUserProperties())
        .extracting(UserProperty::getKey, UserProperty::getValue)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("count", "3"),
            org.assertj.core.groups.Tuple.tuple("serai_msg_id", "m1"));
  }

  @Test
  void whatIsNotAllowedGoesNowhere() throws Exception {
    assertThatThrownBy(() -> connect("shop", "wrong")).isInstanceOf(MqttException.class);
    MqttClient shop = connect("shop", "right");
    MqttMessage message = new MqttMessage(new byte[] {1});
    message.setQos(1);
    shop.publish(Guarded.SECRET, message);
    shop.publish("orders/eu", message);
    await().until(() -> guarded.waiting("crm/orders.eu").size() == 1);
    List<MqttMessage> secrets = listen(connect("erp", "right"), Guarded.SECRET);
    guarded.publish(Guarded.SECRET, "fine");
    await().until(() -> secrets.size() == 1);
    assertThat(secrets.get(0).getPayload()).asString().isEqualTo("fine");
    MqttClient crm = connect("crm", "right");
    crm.subscribe("orders/us", 1);
    List<MqttMessage> heard = listen(crm, "orders/eu");
    guarded.publish(Guarded.US, "us");
    guarded.publish(Guarded.EU, "eu");
    await().until(() -> heard.size() == 1);
    assertThat(heard.get(0).getPayload()).asString().isEqualTo("eu");
  }

  @Test
  void aSharedSubscriptionIsDividedAmongItsClients() throws Exception {
    List<MqttMessage> one = listen(connect("crm", "right"), "$share/group/orders/eu");
    List<MqttMessage> other = listen(connect("crm", "right"), "$share/group/orders/eu");
    for (int i = 0; i < 20; i++) {
      guarded.publish(Guarded.EU, "n" + i);
    }
    await().untilAsserted(() -> assertThat(one.size() + other.size()).isEqualTo(20));
    MqttClient erp = connect("erp", "right");
    assertThatThrownBy(() -> listen(erp, "$share/group/orders/eu"))
        .isInstanceOf(MqttException.class);
    guarded.publish(Guarded.EU, "last");
    await().untilAsserted(() -> assertThat(one.size() + other.size()).isEqualTo(21));
  }

  @Test
  void aWiderWildcardShowsNoMoreThanIsAllowed() throws Exception {
    List<MqttMessage> heard = listen(connect("crm", "right"), "orders/+");
    guarded.publish(Guarded.US, "us");
    guarded.publish(Guarded.EU, "eu");
    await().until(() -> heard.size() == 1);
    assertThat(heard.get(0).getPayload()).asString().isEqualTo("eu");
  }
}
