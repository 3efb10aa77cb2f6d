package org.caravanserai.broker.internal;

import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.caravanserai.broker.BrokerAccess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between the clients of the network and the addresses. */
final class Guard implements ActiveMQSecurityManager5 {

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final String MQTT = MQTTProtocolManagerFactory.MQTT_PROTOCOL_NAME;

  private final Supplier<@Nullable BrokerAccess> access;
  private volatile @Nullable ActiveMQServer server;

  Guard(Supplier<@Nullable BrokerAccess> access) {
    this.access = access;
  }

  /** Where queues are looked up. */
  void guards(ActiveMQServer guarded) {
    server = guarded;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      RemotingConnection connection,
      @Nullable String securityDomain) {
    BrokerAccess asked = access.get();
    if (asked == null || user == null || password == null) {
      return null;
    }
    String definition = asked.authenticate(user, password);
    if (definition == null) {
      asked.refused(user, host(connection.getRemoteAddress()));
      return null;
    }
    Subject subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(definition));
    if (MQTT.equals(connection.getProtocolName())) {
      subject.getPublicCredentials().add(MQTT);
    }
    return subject;
  }

  /** An address without its port. */
  private static String host(@Nullable String address) {
    String text = address == null ? "" : address;
    String plain = text.startsWith("/") ? text.substring(1) : text;
    int port = plain.lastIndexOf(':');
    return port < 0 ? plain : plain.substring(0, port);
  }

  @Override
  public boolean authorize(
      Subject subject, Set<Role> roles, CheckType check, String addressAndQueue) {
    BrokerAccess asked = access.get();
    String definition =
        subject.getPrincipals(UserPrincipal.class).stream()
            .findFirst()
            .map(UserPrincipal::getName)
            .orElse(null);
    if (asked == null || definition == null) {
      return false;
    }
    boolean allowed = isAllowed(asked, subject, definition, check, Place.of(addressAndQueue));
    if (!allowed) {
      LOG.debug("{} may not {} {}", definition, check, addressAndQueue);
    }
    return allowed;
  }

  private boolean isAllowed(
      BrokerAccess asked, Subject subject, String definition, CheckType check, Place place) {
    if (ArtemisConfiguration.isInternal(place.address())
        || (place.queue() != null && ArtemisConfiguration.isInternal(place.queue()))) {
      return false;
    }
    return switch (check) {
      case SEND ->
          // A message to one of a topic's queues would pass by the others.
          (place.queue() == null || place.queue().equals(place.address()))
              && !place.isWildcard()
              && asked.mayPublish(definition, place.address());
      case CONSUME, BROWSE ->
          isOpenTo(asked, definition, place)
              // A session of MQTT would never open again for one subscription that is no longer
              // allowed; ClientRules gives it nothing.
              || (isMqtt(subject) && place.queue() != null && isOwner(definition, place.queue()));
      // With a queue, it is asked for too when the client leaves open which kind of address it is.
      case CREATE_ADDRESS -> place.isWildcard() || (place.queue() != null && isKnown(place));
      case CREATE_DURABLE_QUEUE, CREATE_NON_DURABLE_QUEUE ->
          place.queue() != null
              && !place.isSubscription()
              && (place.isWildcard() || asked.maySubscribe(definition, place.address()));
      case DELETE_DURABLE_QUEUE, DELETE_NON_DURABLE_QUEUE ->
          place.queue() != null && !place.isSubscription() && isOwner(definition, place.queue());
      default -> false;
    };
  }

  private static boolean isMqtt(Subject subject) {
    return subject.getPublicCredentials().contains(MQTT);
  }

  private boolean isOpenTo(BrokerAccess asked, String definition, Place place) {
    if (place.queue() == null || (!place.isWildcard() && !mayRead(asked, definition, place))) {
      return false;
    }
    return isOwner(definition, place.queue()) || isShared(place);
  }

  private static boolean mayRead(BrokerAccess asked, String definition, Place place) {
    return asked.maySubscribe(definition, place.address());
  }

  private boolean isOwner(String definition, String name) {
    Queue queue = locate(name);
    SimpleString owner = queue == null ? null : queue.getUser();
    return owner != null && owner.toString().equals(definition);
  }

  /** A queue between two points is everybody's who may subscribe to it. */
  private boolean isShared(Place place) {
    Queue queue = place.queue() == null ? null : locate(place.queue());
    return queue != null
        && queue.getRoutingType() == RoutingType.ANYCAST
        && place.address().equals(place.queue());
  }

  private boolean isKnown(Place place) {
    ActiveMQServer guarded = server;
    return guarded != null && guarded.getAddressInfo(SimpleString.of(place.address())) != null;
  }

  private @Nullable Queue locate(String name) {
    ActiveMQServer guarded = server;
    return guarded == null ? null : guarded.locateQueue(SimpleString.of(name));
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String password) {
    throw new UnsupportedOperationException("authenticate() is asked");
  }

  @Override
  public boolean validateUserAndRole(
      @Nullable String user, @Nullable String password, Set<Role> roles, CheckType checkType) {
    throw new UnsupportedOperationException("authorize() is asked");
  }
}
