package org.caravanserai.broker.internal;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.caravanserai.broker.BrokerAccess;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions and shared subscriptions of MQTT with who made them. Artemis knows them by the
 * names that clients choose, and deletes a queue whose subscription it refuses, with all that is in
 * it.
 */
final class MqttSessions implements MQTTInterceptor {

  private static final String SHARED = "$share/";

  private final ActiveMQServer server;
  private final Supplier<@Nullable BrokerAccess> access;
  private final WildcardConfiguration wildcards;

  MqttSessions(ActiveMQServer server, Supplier<@Nullable BrokerAccess> access) {
    this.server = server;
    this.access = access;
    wildcards = server.getConfiguration().getWildcardConfiguration();
  }

  @Override
  public boolean intercept(MqttMessage packet, RemotingConnection connection) {
    boolean allowed =
        switch (packet.fixedHeader().messageType()) {
          case CONNECT -> mayBe((MqttConnectMessage) packet, connection);
          case SUBSCRIBE -> mayShare((MqttSubscribeMessage) packet, connection);
          default -> true;
        };
    if (!allowed) {
      connection.fail(
          new ActiveMQSecurityException("the session or subscription is another user's"));
    }
    return allowed;
  }

  private boolean mayBe(MqttConnectMessage packet, RemotingConnection connection) {
    String clientId = packet.payload().clientIdentifier();
    String user = packet.payload().userName();
    byte[] password = packet.payload().passwordInBytes();
    BrokerAccess asked = access.get();
    if (clientId == null || clientId.isEmpty() || user == null || password == null) {
      return true;
    }
    String definition =
        asked == null
            ? null
            : asked.authenticate(user, new String(password, StandardCharsets.UTF_8));
    // One with wrong credentials is answered as such.
    return definition == null
        || (!isQueueOfOther(clientId + ".", definition)
            && !isConnectedAs(clientId, definition, connection));
  }

  private boolean isQueueOfOther(String prefix, String definition) {
    return server
        .getPostOffice()
        .getAllBindings()
        .filter(binding -> binding.getBindable() instanceof Queue)
        .map(binding -> (Queue) binding.getBindable())
        .anyMatch(
            queue ->
                queue.getName().toString().startsWith(prefix)
                    && queue.getName().toString().equals(prefix + queue.getAddress())
                    && isOther(queue, definition));
  }

  private static boolean isOther(Queue queue, String definition) {
    SimpleString owner = queue.getUser();
    return owner == null || !owner.toString().equals(definition);
  }

  private boolean isConnectedAs(String clientId, String definition, RemotingConnection newOne) {
    return server.getRemotingService().getConnections().stream()
        .filter(connection -> connection != newOne && clientId.equals(connection.getClientID()))
        .anyMatch(
            connection -> {
              String user = user(connection);
              return user != null && !user.equals(definition);
            });
  }

  private @Nullable String user(RemotingConnection connection) {
    return server.getSessions(connection.getID().toString()).stream()
        .map(ServerSession::getValidatedUser)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private boolean mayShare(MqttSubscribeMessage packet, RemotingConnection connection) {
    for (MqttTopicSubscription subscription : packet.payload().topicSubscriptions()) {
      String filter = subscription.topicFilter();
      if (filter != null && filter.startsWith(SHARED) && filter.indexOf('/', SHARED.length()) > 0) {
        Queue queue =
            server.locateQueue(
                SimpleString.of(
                    MQTTUtil.getCoreQueueFromMqttTopic(
                        filter, String.valueOf(connection.getClientID()), wildcards)));
        String user = user(connection);
        if (queue != null && (user == null || isOther(queue, user))) {
          return false;
        }
      }
    }
    return true;
  }
}
