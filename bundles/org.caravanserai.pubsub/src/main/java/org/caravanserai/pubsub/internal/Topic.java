package org.caravanserai.pubsub.internal;

/**
 * Something that may be published to.
 *
 * @param name its name, as its object spells it; the address in the broker
 * @param type what becomes of what is published
 * @param maxDepth how many messages may wait in the longest of its queues
 * @param maxMessageSize how many bytes the data of a message may have
 */
public record Topic(String name, Type type, long maxDepth, int maxMessageSize) {

  /** What becomes of what is published. */
  public enum Type {
    /** Each of its subscriptions gets it. */
    TOPIC,
    /** One of those who consume from it gets it. */
    QUEUE
  }
}
