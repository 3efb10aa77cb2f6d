package org.caravanserai.pubsub.internal.kind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * What a security definition is subscribed to, and how it gets the messages.
 *
 * @param security the security definition
 * @param isActive whether it is in operation
 * @param deliveryType whether messages are fetched or sent
 * @param pushType what they are sent to
 * @param pushRestEndpoint the REST connection that they are sent to
 * @param pushService the service that they are given to
 * @param pushDirectory the folder that they are written to
 * @param topicList the topics and queues
 * @param filter which messages of them, a JMS selector
 * @param orderingKey the property whose messages are pushed one after the other
 * @param concurrency how many are pushed at a time
 * @param retryInterval how long to wait after the first failure
 * @param retryMaxInterval how long to wait at most
 * @param retryJitter by how many of a hundred the waiting varies
 * @param maxRetryTime how long a message is tried
 * @param maxAttempts how often a message is tried
 */
public record PubSubSubscription(
    @Field(help = "The security definition whose subscriptions they are.", reference = "security")
        String security,
    @Field(help = "Whether they are in operation.", defaultValue = "true") boolean isActive,
    @Field(
            help = "Whether messages are fetched by the subscriber, or sent to it: pull or push.",
            defaultValue = "pull")
        DeliveryType deliveryType,
    @Field(
            help =
                "What they are sent to: rest, service or file; as the only target says, if absent.")
        Optional<PushType> pushType,
    @Field(help = "The REST connection that they are sent to.", reference = "outgoing_rest")
        Optional<String> pushRestEndpoint,
    @Field(
            help = "The service that they are given to.",
            alias = "push_service_name",
            service = true)
        Optional<String> pushService,
    @Field(help = "The folder that they are written to.") Optional<String> pushDirectory,
    @Field(help = "The topics and queues.") List<String> topicList,
    @Field(help = "Which messages of them: a selector of JMS, such as region = 'north'.")
        Optional<String> filter,
    @Field(
            help =
                "The property whose messages are sent one after the other, while those with other"
                    + " values of it go on.")
        Optional<String> orderingKey,
    @Field(help = "How many are sent at a time.", defaultValue = "1", min = 1, max = 1_000)
        int concurrency,
    @Field(
            help = "How long to wait before a message is sent again that failed.",
            defaultValue = "3",
            max = 86_400)
        Duration retryInterval,
    @Field(
            help = "How long to wait at most; it doubles from one failure to the next.",
            defaultValue = "60",
            max = 86_400)
        Duration retryMaxInterval,
    @Field(
            help = "By how many of a hundred the waiting varies by chance.",
            defaultValue = "10",
            min = 0,
            max = 100)
        int retryJitter,
    @Field(help = "For how long a message is tried, such as 30d, 48h or 30m.", defaultValue = "30d")
        String maxRetryTime,
    @Field(
            help = "How often a message is tried; 0 for no limit.",
            defaultValue = "0",
            min = 0,
            max = 1_000_000)
        int maxAttempts) {

  /** How a subscriber gets messages. */
  public enum DeliveryType {
    /** It fetches them. */
    PULL,
    /** They are sent. */
    PUSH
  }

  /** What messages are sent to. */
  public enum PushType {
    /** An {@code outgoing_rest} connection. */
    REST,
    /** A service. */
    SERVICE,
    /** A folder. */
    FILE
  }

  /** Whether messages are sent. */
  public boolean isPush() {
    return deliveryType == DeliveryType.PUSH;
  }

  /** What messages are pushed to: as it says, or as the only target that it names says. */
  public Optional<PushType> pushTo() {
    if (pushType.isPresent() || !isPush()) {
      return pushType;
    }
    List<PushType> named = new ArrayList<>();
    pushRestEndpoint.ifPresent(name -> named.add(PushType.REST));
    pushService.ifPresent(name -> named.add(PushType.SERVICE));
    pushDirectory.ifPresent(name -> named.add(PushType.FILE));
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }
}
