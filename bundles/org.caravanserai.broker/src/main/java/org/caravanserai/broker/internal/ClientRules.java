package org.caravanserai.broker.internal;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIOErrorException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.caravanserai.broker.BrokerAccess;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the clients of the network beyond {@link Guard}: limits for publishers, and that
 * wildcards show nobody more than single topics would.
 */
final class ClientRules implements ActiveMQServerPlugin {

  private static final String MQTT = MQTTProtocolManagerFactory.MQTT_PROTOCOL_NAME;
  private static final byte USUAL_PRIORITY = 4;

  private final Supplier<@Nullable BrokerAccess> access;
  private final int maxMessageSize;
  private @Nullable ActiveMQServer server;
  private @Nullable Limits limits;
  private @Nullable Poison poison;

  ClientRules(Supplier<@Nullable BrokerAccess> access, int maxMessageSize) {
    this.access = access;
    this.maxMessageSize = maxMessageSize;
  }

  /** The rules hold from now on, for queues of earlier runs too. */
  void apply(ActiveMQServer running, Limits all, Poison dead) {
    server = running;
    limits = all;
    poison = dead;
    running
        .getPostOffice()
        .getAllBindings()
        .filter(binding -> binding.getBindable() instanceof Queue)
        .forEach(binding -> afterCreateQueue((Queue) binding.getBindable()));
  }

  @Override
  public void beforeSend(
      ServerSession session,
      @Nullable Transaction transaction,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue)
      throws ActiveMQException {
    ActiveMQServer running = server;
    Limits all = limits;
    if (running == null || all == null) {
      return;
    }
    String publisher = session.getValidatedUser();
    if (publisher != null) {
      sign(message, publisher);
    }
    if (MQTT.equals(session.getRemotingConnection().getProtocolName())) {
      // It knows no priorities, and the lowest one would let all others pass.
      message.setPriority(USUAL_PRIORITY);
    }
    if (running.getPagingManager().isDiskFull()) {
      throw new ActiveMQIOErrorException("the disk is full: nothing is taken until there is room");
    }
    if (message.getWholeMessageSize() > maxMessageSize) {
      throw new ActiveMQException("a message may have " + maxMessageSize + " bytes at most");
    }
    String address = message.getAddress();
    if (address != null && all.isFull(address)) {
      throw new ActiveMQAddressFullException(address + " is full");
    }
  }

  /** Whatever a client says of itself. */
  private static void sign(Message message, String publisher) {
    if (message instanceof ICoreMessage) {
      message.putStringProperty(Properties.PUBLISHER, SimpleString.of(publisher));
    } else {
      // The bytes of AMQP are not touched.
      message.putExtraBytesProperty(
          Properties.PUBLISHER, publisher.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A topic stays a topic, and a queue between two points one. */
  @Override
  public void beforeUpdateAddress(SimpleString address, EnumSet<RoutingType> routingTypes)
      throws ActiveMQException {
    ActiveMQServer running = server;
    AddressInfo known = running == null ? null : running.getAddressInfo(address);
    if (known != null && !known.getRoutingTypes().equals(routingTypes)) {
      boolean isTopic = known.getRoutingTypes().contains(RoutingType.MULTICAST);
      throw new ActiveMQSecurityException(
          address + (isTopic ? " is a topic, no queue" : " is a queue, no topic"));
    }
  }

  @Override
  public void afterCreateQueue(Queue queue) {
    SimpleString owner = queue.getUser();
    if (owner == null
        || ArtemisConfiguration.isInternal(queue.getName().toString())
        || queue.getFilter() instanceof PermittedFilter
        || new Place(queue.getAddress().toString(), queue.getName().toString()).isSubscription()) {
      return;
    }
    queue.setFilter(new PermittedFilter(queue.getFilter(), owner.toString(), access));
  }

  @Override
  public boolean canAccept(ServerConsumer consumer, MessageReference reference) {
    Queue queue = consumer.getQueue();
    SimpleString owner = queue.getUser();
    BrokerAccess asked = access.get();
    Poison dead = poison;
    if (dead != null && dead.isPoison(reference)) {
      dead.bury(queue, reference);
      return false;
    }
    if (owner == null) {
      return true;
    }
    boolean allowed =
        asked != null && asked.maySubscribe(owner.toString(), reference.getMessage().getAddress());
    if (!allowed && dead != null && isRetained(reference.getMessage())) {
      // It has passed by the filter of the queue, and would come anew with each subscribing.
      dead.drop(queue, reference);
    }
    return allowed;
  }

  private static boolean isRetained(Message message) {
    return message.containsProperty(MQTTUtil.MQTT_MESSAGE_RETAIN_INITIAL_DISTRIBUTION_KEY);
  }
}
