package org.caravanserai.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the messages that services publish. They may publish to everything.
 *
 * <p>Register it as an OSGi service, of which there is one at most.
 */
@ConsumerType
public interface MessageBroker {

  /** What the data of a message is. */
  enum Format {
    /** JSON in UTF-8. */
    JSON,
    /** Text in UTF-8. */
    TEXT,
    /** Bytes of which nothing is known. */
    BYTES
  }

  /**
   * A message.
   *
   * @param target the topic or queue, or the service that is to get it, however long that takes
   * @param data its data; nobody changes it any more
   * @param format what they are
   * @param cid the correlation id of the call that publishes it
   * @param priority from 0 to 9, 9 first
   * @param expiration how long it waits; empty for ever
   * @param correlId what it belongs to
   * @param inReplyTo the id of the message that it answers
   * @param extClientId who sent it, in the words of another system
   * @param dedupId what makes it the same as another one
   * @param properties other properties by name
   */
  record Outgoing(
      String target,
      byte[] data,
      Format format,
      String cid,
      int priority,
      Optional<Duration> expiration,
      Optional<String> correlId,
      Optional<String> inReplyTo,
      Optional<String> extClientId,
      Optional<String> dedupId,
      Map<String, Object> properties) {}

  /** Is told, once, what became of a message. Must not block. */
  @FunctionalInterface
  @ConsumerType
  interface Published {

    /**
     * It is safe on the disk, or it is not.
     *
     * @param id its id; {@code null} if it is not safe
     * @param failure why not, as callers may be told it; {@code null} if it is safe
     */
    void told(@Nullable String id, @Nullable RuntimeException failure);
  }

  /**
   * Publishes a message; waits for nothing but, when a service is published to for the first time,
   * its queue.
   *
   * @param published told what became of it, also where it is refused; on any thread
   */
  void publish(Outgoing message, Published published);
}
