package org.caravanserai.pubsub.internal.push;

import java.util.Optional;
import java.util.function.Function;
import org.caravanserai.broker.Message;
import org.jspecify.annotations.Nullable;

/** By what messages are kept in order: those of one key go one after the other. */
@FunctionalInterface
public interface OrderingKey {

  /** No order but that of the queue. */
  OrderingKey NONE = message -> null;

  /** The key of a message; {@code null} if it has none. */
  @Nullable String of(Message message);

  /**
   * The key that configuration names.
   *
   * @param field {@code correl_id}, {@code in_reply_to}, {@code ext_client_id}, {@code publisher},
   *     {@code cid}, {@code topic_name}, or the name of a property
   */
  static OrderingKey by(String field) {
    return switch (field) {
      case "correl_id" -> optional(Message::correlId);
      case "in_reply_to" -> optional(Message::inReplyTo);
      case "ext_client_id" -> optional(Message::extClientId);
      case "publisher" -> optional(Message::publisher);
      case "cid" -> message -> message.cid().isEmpty() ? null : message.cid();
      case "topic_name" -> Message::topic;
      default ->
          optional(
              message -> Optional.ofNullable(message.properties().get(field)).map(String::valueOf));
    };
  }

  private static OrderingKey optional(Function<Message, Optional<String>> field) {
    return message -> field.apply(message).orElse(null);
  }
}
