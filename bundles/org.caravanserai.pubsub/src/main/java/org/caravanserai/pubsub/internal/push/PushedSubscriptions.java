package org.caravanserai.pubsub.internal.push;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.api.Channel;
import org.caravanserai.broker.BrokerException;
import org.caravanserai.pubsub.internal.QueueNames;
import org.caravanserai.pubsub.internal.Subscription;
import org.caravanserai.pubsub.internal.SubscriptionObserver;
import org.caravanserai.pubsub.internal.Subscriptions;
import org.caravanserai.pubsub.internal.kind.PubSubSubscription;
import org.caravanserai.pubsub.internal.kind.RetryTime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what is to be pushed: the messages of subscriptions that say so, and what was published to
 * services, which has the rules that hold where nothing else is said.
 */
@Component(service = PushedSubscriptions.class, immediate = true)
public final class PushedSubscriptions implements SubscriptionObserver {

  /** The kind of channel by which a service sees that a subscription calls it. */
  public static final String SUBSCRIPTION = "pubsub_subscription";

  /** The kind of channel by which a service sees that it was published to. */
  public static final String SERVICE = "pubsub_service";

  private static final Logger LOG = LoggerFactory.getLogger(PushedSubscriptions.class);

  private final Subscriptions subscriptions;
  private final Pushes pushes;
  private final Map<String, Push> open = new ConcurrentHashMap<>();

  /** Begins to push. */
  @Activate
  public PushedSubscriptions(@Reference Subscriptions subscriptions, @Reference Pushes pushes) {
    this.subscriptions = subscriptions;
    this.pushes = pushes;
    subscriptions.observe(this);
  }

  /** Pushes no more. */
  @Deactivate
  public void stop() {
    subscriptions.unobserve(this);
    open.values().forEach(Push::close);
  }

  @Override
  public void opened(Subscription subscription) {
    String id = subscription.id();
    Optional<PushTarget> target = target(subscription);
    Push known = open.get(id);
    if (target.isEmpty() || (known != null && !known.isOpen())) {
      closed(subscription);
      known = null;
    }
    if (target.isEmpty()) {
      return;
    }
    PushRules usual =
        QueueNames.isOfCalls(subscription.queue()) ? pushes.callRules() : PushRules.DEFAULT;
    PushRules rules = subscription.settings().map(PushedSubscriptions::rules).orElse(usual);
    if (known != null) {
      known.change(rules, target.get());
      return;
    }
    try {
      open.put(id, pushes.open(id, subscription.queue(), rules, target.get()));
    } catch (BrokerException e) {
      LOG.error("{} can't be pushed: {}", id, e.getMessage(), e);
    }
  }

  @Override
  public void closed(Subscription subscription) {
    Push known = open.remove(subscription.id());
    if (known != null) {
      known.close();
    }
  }

  private Optional<PushTarget> target(Subscription subscription) {
    Optional<String> service = subscription.service();
    if (service.isPresent()) {
      return service.map(
          name -> pushes.toService(name, new Channel(SERVICE, name, Optional.empty())));
    }
    return subscription
        .settings()
        .filter(PubSubSubscription::isPush)
        .flatMap(settings -> target(subscription, settings));
  }

  private Optional<PushTarget> target(Subscription subscription, PubSubSubscription settings) {
    if (settings.pushTo().isEmpty()) {
      return Optional.empty();
    }
    return switch (settings.pushTo().get()) {
      case SERVICE ->
          settings
              .pushService()
              .map(
                  name ->
                      pushes.toService(
                          name,
                          new Channel(SUBSCRIPTION, subscription.id(), subscription.definition())));
      case REST -> settings.pushRestEndpoint().map(pushes::toRest);
      case FILE -> settings.pushDirectory().map(folder -> pushes.toFolder(Path.of(folder)));
    };
  }

  private static PushRules rules(PubSubSubscription settings) {
    Duration interval = settings.retryInterval();
    Duration longest = settings.retryMaxInterval();
    return new PushRules(
        settings.concurrency(),
        settings.orderingKey().map(OrderingKey::by).orElse(OrderingKey.NONE),
        new Backoff(
            interval, longest.compareTo(interval) < 0 ? interval : longest, settings.retryJitter()),
        RetryTime.parse(settings.maxRetryTime()),
        settings.maxAttempts());
  }
}
