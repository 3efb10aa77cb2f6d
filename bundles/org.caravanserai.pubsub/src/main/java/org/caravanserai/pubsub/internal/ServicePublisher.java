package org.caravanserai.pubsub.internal;

import java.time.Duration;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Broker;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.broker.Confirmation;
import org.caravanserai.broker.Message;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.MessageBroker;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What services publish, to topics and queues, and to other services. */
@Component(service = MessageBroker.class, immediate = true, configurationPid = PubSubSettings.PID)
public final class ServicePublisher implements MessageBroker {

  private final Publisher publisher;
  private final Broker broker;
  private final Topics topics;
  private final Subscriptions subscriptions;
  private final ServiceRegistry registry;
  private final long serviceDepth;
  private final int serviceSize;

  /** Publishes for services. */
  @Activate
  public ServicePublisher(
      PubSubSettings settings,
      @Reference Publisher publisher,
      @Reference Broker broker,
      @Reference Topics topics,
      @Reference Subscriptions subscriptions,
      @Reference ServiceRegistry registry) {
    this.publisher = publisher;
    this.broker = broker;
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.registry = registry;
    this.serviceDepth = settings.service__max__depth();
    this.serviceSize = ByteSize.parse(settings.service__max__message__size());
  }

  @Override
  public void publish(Outgoing message, Published published) {
    try {
      Topic target = target(message.target());
      Message made = message(message, topics.find(message.target()));
      publisher.publish(target, made, told(made.id(), published));
    } catch (ServiceException e) {
      published.told(null, e);
    } catch (BrokerException e) {
      published.told(null, BrokerFaults.of(e));
    }
  }

  private Topic target(String name) {
    Topic topic = topics.find(name);
    if (topic != null) {
      return publisher.target(Optional.empty(), topic.name());
    }
    if (!subscriptions.hasService(name) && registry.service(name).isEmpty()) {
      throw new ServiceException(
          404, "there is no active topic or queue " + name + ", and no service of that name");
    }
    if (broker.isDiskFull()) {
      throw new ServiceException(507, "the disk is full: no message is taken");
    }
    Subscription service = subscriptions.service(name, serviceDepth);
    return new Topic(service.queue(), Topic.Type.QUEUE, serviceDepth, serviceSize);
  }

  private static Message message(Outgoing outgoing, @Nullable Topic topic) {
    outgoing.properties().forEach(ServicePublisher::check);
    return Message.of(
            MessageIds.next(),
            topic == null ? outgoing.target() : topic.name(),
            outgoing.data(),
            Message.Format.valueOf(outgoing.format().name()))
        .priority(outgoing.priority())
        .expiresAt(
            MessageRules.expiresAt(outgoing.expiration().map(Duration::toSeconds).orElse(0L)))
        .cid(outgoing.cid())
        .correlId(checked("correl_id", outgoing.correlId()))
        .inReplyTo(checked("in_reply_to", outgoing.inReplyTo()))
        .extClientId(checked("ext_client_id", outgoing.extClientId()))
        .dedupId(checked("dedup_id", outgoing.dedupId()))
        .properties(outgoing.properties())
        .build();
  }

  private static Optional<String> checked(String name, Optional<String> value) {
    return value.map(text -> MessageRules.shortText(name, text));
  }

  private static void check(String name, Object value) {
    MessageRules.propertyName("properties/", name);
    if (!(value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Double)) {
      throw new ServiceException(
          400, "properties/" + name + ": expected a text, a whole number, a double or a boolean");
    }
  }

  private static Confirmation told(String id, Published published) {
    return new Confirmation() {
      @Override
      public void confirmed() {
        published.told(id, null);
      }

      @Override
      public void failed(BrokerException failure) {
        published.told(null, BrokerFaults.of(failure));
      }
    };
  }
}
