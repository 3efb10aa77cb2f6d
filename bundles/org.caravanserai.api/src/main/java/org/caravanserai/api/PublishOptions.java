package org.caravanserai.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a message says beside its data: {@code
 * PublishOptions.NONE.withPriority(9).withCorrelId(id)}.
 *
 * @param priority from 0 to 9, 9 first
 * @param expiration how long it waits for those who receive it, whole seconds; empty for ever
 * @param correlId what it belongs to
 * @param inReplyTo the id of the message that it answers
 * @param extClientId who sent it, in the words of another system
 * @param dedupId what makes it the same as another one: of two with the same the first is stored
 * @param properties other properties by name, which filters see: texts, whole numbers, doubles and
 *     booleans
 */
public record PublishOptions(
    int priority,
    Optional<Duration> expiration,
    Optional<String> correlId,
    Optional<String> inReplyTo,
    Optional<String> extClientId,
    Optional<String> dedupId,
    Map<String, Object> properties) {

  /** Priority 5, and nothing else. */
  public static final PublishOptions NONE =
      new PublishOptions(
          5,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  /**
   * Keeps its own copy of the properties.
   *
   * @throws IllegalArgumentException if the priority is out of range or the expiration shorter than
   *     a second
   */
  public PublishOptions {
    if (priority < 0 || priority > 9) {
      throw new IllegalArgumentException("priority " + priority + " is not within 0 to 9");
    }
    if (expiration.filter(time -> time.toSeconds() < 1).isPresent()) {
      throw new IllegalArgumentException("an expiration is a second at least");
    }
    properties = Map.copyOf(properties);
  }

  /** The same with another priority. */
  public PublishOptions withPriority(int value) {
    return new PublishOptions(
        value, expiration, correlId, inReplyTo, extClientId, dedupId, properties);
  }

  /** The same, to expire after a while. */
  public PublishOptions withExpiration(Duration value) {
    return new PublishOptions(
        priority, Optional.of(value), correlId, inReplyTo, extClientId, dedupId, properties);
  }

  /** The same with what it belongs to. */
  public PublishOptions withCorrelId(String value) {
    return new PublishOptions(
        priority, expiration, Optional.of(value), inReplyTo, extClientId, dedupId, properties);
  }

  /** The same with the id of the message that it answers. */
  public PublishOptions withInReplyTo(String value) {
    return new PublishOptions(
        priority, expiration, correlId, Optional.of(value), extClientId, dedupId, properties);
  }

  /** The same with who sent it, in the words of another system. */
  public PublishOptions withExtClientId(String value) {
    return new PublishOptions(
        priority, expiration, correlId, inReplyTo, Optional.of(value), dedupId, properties);
  }

  /** The same with what makes it the same as another one. */
  public PublishOptions withDedupId(String value) {
    return new PublishOptions(
        priority, expiration, correlId, inReplyTo, extClientId, Optional.of(value), properties);
  }

  /** The same with other properties. */
  public PublishOptions withProperties(Map<String, Object> values) {
    return new PublishOptions(
        priority, expiration, correlId, inReplyTo, extClientId, dedupId, values);
  }
}
