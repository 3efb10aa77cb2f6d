package org.caravanserai.pubsub.internal.kind;

import org.caravanserai.pubsub.internal.Topic;
import org.caravanserai.pubsub.internal.TopicNames;
import org.caravanserai.spi.ByteSize;
import org.caravanserai.spi.InvalidObjectException;

/** The fields that topics and queues share. */
final class TopicFields {

  private TopicFields() {}

  /** Checks them. */
  static void check(String name, String maxMessageSize) throws InvalidObjectException {
    if (!TopicNames.isValid(name)) {
      throw new InvalidObjectException("name", TopicNames.EXPECTED);
    }
    try {
      if (ByteSize.parse(maxMessageSize) == 0) {
        throw new InvalidObjectException("max_message_size", "must be more than 0");
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("max_message_size", String.valueOf(e.getMessage()));
    }
  }

  /** What they make. */
  static Topic topic(PubSubTopic object) {
    return new Topic(
        object.name(),
        Topic.Type.TOPIC,
        object.maxDepth(),
        ByteSize.parse(object.maxMessageSize()));
  }

  /** What they make. */
  static Topic topic(PubSubQueue object) {
    return new Topic(
        object.name(),
        Topic.Type.QUEUE,
        object.maxDepth(),
        ByteSize.parse(object.maxMessageSize()));
  }
}
