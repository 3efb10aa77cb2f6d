package org.caravanserai.pubsub.internal.kind;

import java.util.HashSet;
import java.util.Set;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.TopicNames;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code pubsub_subscription}. */
@Component(service = ObjectKind.class, immediate = true)
public final class SubscriptionKind implements ObjectKind<PubSubSubscription> {

  private final Subscriptions subscriptions;

  /** A kind without objects. */
  @Activate
  public SubscriptionKind(@Reference Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public String name() {
    return "pubsub_subscription";
  }

  @Override
  public String key() {
    return "security";
  }

  @Override
  public String help() {
    return "What a security definition is subscribed to, and how it gets the messages.";
  }

  @Override
  public Class<PubSubSubscription> type() {
    return PubSubSubscription.class;
  }

  @Override
  public void validate(PubSubSubscription object) throws InvalidObjectException {
    Set<String> seen = new HashSet<>();
    for (String topic : object.topicList()) {
      if (!TopicNames.isValid(topic)) {
        throw new InvalidObjectException("topic_list", TopicNames.EXPECTED + "; found " + topic);
      }
      if (!seen.add(TopicNames.key(topic))) {
        throw new InvalidObjectException("topic_list", "names " + topic + " twice");
      }
    }
    PushFields.check(object);
  }

  @Override
  public LiveObject<PubSubSubscription> open(PubSubSubscription object) {
    subscriptions.configure(object);
    return new LiveObject<>() {
      @Override
      public void replace(PubSubSubscription changed) {
        subscriptions.configure(changed);
      }

      @Override
      public void removed() {
        subscriptions.forget(object.security(), true);
      }

      @Override
      public void close() {
        subscriptions.forget(object.security(), false);
      }
    };
  }
}
