package org.caravanserai.pubsub;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message in a queue.
 *
 * @param number its number in the queue
 * @param msgId its id
 * @param topic the topic or queue that it was published to
 * @param format {@code json}, {@code text} or {@code bytes}
 * @param contentType its media type, if it was given
 * @param size the size of its data, in bytes
 * @param priority from 0 to 9, 9 first
 * @param pubTime when it was published
 * @param expirationTime when it expires, if it does
 * @param publisher the security definition that published it, if the server did not
 * @param cid the correlation id of the call that published it; empty if none
 * @param correlId what it belongs to
 * @param inReplyTo the id of the message that it answers
 * @param extClientId who sent it, by the publisher's word
 * @param deliveries how often it has been delivered
 * @param dead why it is a dead letter, if it is one
 * @param properties its other properties
 * @param data its data, or the beginning of it: text, or base64 if the format is {@code bytes};
 *     empty in lists
 */
public record MessageInfo(
    long number,
    String msgId,
    String topic,
    String format,
    Optional<String> contentType,
    int size,
    int priority,
    Instant pubTime,
    Optional<Instant> expirationTime,
    Optional<String> publisher,
    String cid,
    Optional<String> correlId,
    Optional<String> inReplyTo,
    Optional<String> extClientId,
    int deliveries,
    Optional<DeadInfo> dead,
    Map<String, Object> properties,
    Optional<String> data) {

  /**
   * Why a message is a dead letter.
   *
   * @param cause in words
   * @param status as HTTP numbers it
   * @param cid the correlation id of the last attempt
   * @param attempts how often its delivery was tried
   * @param firstAt when the first attempt failed
   * @param lastAt when the last one did
   */
  public record DeadInfo(
      String cause, long status, String cid, long attempts, Instant firstAt, Instant lastAt) {}
}
