package org.caravanserai.broker;

import java.util.Map;
import java.util.Optional;

/**
 * A message, whatever protocol it came by.
 *
 * @param id its id, the same in all queues
 * @param topic the topic or queue that it was published to
 * @param data the payload; nobody changes it any more
 * @param format what the payload is
 * @param contentType its media type, if it was given
 * @param priority from 0 to 9, 9 first
 * @param publishedAt when its publisher sent it, in milliseconds since 1970
 * @param receivedAt when the broker took it, in milliseconds since 1970
 * @param expiresAt when it expires, in milliseconds since 1970; 0 for never
 * @param publisher the security definition that published it; empty if the server itself did
 * @param cid the correlation id of the call that published it; empty if none
 * @param correlId what it belongs to, by the publisher's word
 * @param inReplyTo the id of the message that it answers, by the publisher's word
 * @param extClientId who sent it, by the publisher's word
 * @param dedupId what makes it the same as another one
 * @param properties the publisher's other properties, by name: texts, numbers and booleans
 */
public record Message(
    String id,
    String topic,
    byte[] data,
    Format format,
    Optional<String> contentType,
    int priority,
    long publishedAt,
    long receivedAt,
    long expiresAt,
    Optional<String> publisher,
    String cid,
    Optional<String> correlId,
    Optional<String> inReplyTo,
    Optional<String> extClientId,
    Optional<String> dedupId,
    Map<String, Object> properties) {

  /** What a payload is. */
  public enum Format {
    /** JSON (RFC 8259) in UTF-8. */
    JSON,
    /** Text in UTF-8. */
    TEXT,
    /** Bytes of which nothing is known. */
    BYTES
  }

  /** Keeps its own copy of the properties. */
  public Message {
    properties = Map.copyOf(properties);
  }

  /** A message to be published: its times are set by the broker, its id by the caller. */
  public static Builder of(String id, String topic, byte[] data, Format format) {
    return new Builder(id, topic, data, format);
  }

  /** The same message with some things changed. */
  public Builder with() {
    return new Builder(this);
  }

  /** A message in the making. */
  public static final class Builder {

    private final String id;
    private String topic;
    private byte[] data;
    private Format format;
    private Optional<String> contentType = Optional.empty();
    private int priority = 5;
    private long publishedAt;
    private long receivedAt;
    private long expiresAt;
    private Optional<String> publisher = Optional.empty();
    private String cid = "";
    private Optional<String> correlId = Optional.empty();
    private Optional<String> inReplyTo = Optional.empty();
    private Optional<String> extClientId = Optional.empty();
    private Optional<String> dedupId = Optional.empty();
    private Map<String, Object> properties = Map.of();

    private Builder(String id, String topic, byte[] data, Format format) {
      this.id = id;
      this.topic = topic;
      this.data = data;
      this.format = format;
    }

    private Builder(Message of) {
      id = of.id;
      topic = of.topic;
      data = of.data;
      format = of.format;
      contentType = of.contentType;
      priority = of.priority;
      publishedAt = of.publishedAt;
      receivedAt = of.receivedAt;
      expiresAt = of.expiresAt;
      publisher = of.publisher;
      cid = of.cid;
      correlId = of.correlId;
      inReplyTo = of.inReplyTo;
      extClientId = of.extClientId;
      dedupId = of.dedupId;
      properties = of.properties;
    }

    /** Another payload. */
    public Builder data(byte[] content, Format what) {
      data = content;
      format = what;
      return this;
    }

    /** Where it goes. */
    public Builder topic(String name) {
      topic = name;
      return this;
    }

    /** The media type of the payload. */
    public Builder contentType(Optional<String> type) {
      contentType = type;
      return this;
    }

    /** From 0 to 9. */
    public Builder priority(int value) {
      priority = value;
      return this;
    }

    /** When its publisher sent it, in milliseconds since 1970; 0 for when the broker takes it. */
    public Builder publishedAt(long millis) {
      publishedAt = millis;
      return this;
    }

    /** When the broker took it, in milliseconds since 1970; 0 for when it does. */
    public Builder receivedAt(long millis) {
      receivedAt = millis;
      return this;
    }

    /** When it expires, in milliseconds since 1970; 0 for never. */
    public Builder expiresAt(long millis) {
      expiresAt = millis;
      return this;
    }

    /** The security definition that publishes it. */
    public Builder publisher(Optional<String> definition) {
      publisher = definition;
      return this;
    }

    /** The correlation id of the call that publishes it. */
    public Builder cid(String value) {
      cid = value;
      return this;
    }

    /** What it belongs to. */
    public Builder correlId(Optional<String> value) {
      correlId = value;
      return this;
    }

    /** The id of the message that it answers. */
    public Builder inReplyTo(Optional<String> value) {
      inReplyTo = value;
      return this;
    }

    /** Who sent it. */
    public Builder extClientId(Optional<String> value) {
      extClientId = value;
      return this;
    }

    /** What makes it the same as another one. */
    public Builder dedupId(Optional<String> value) {
      dedupId = value;
      return this;
    }

    /** Other properties. */
    public Builder properties(Map<String, Object> values) {
      properties = values;
      return this;
    }

    /** The message. */
    public Message build() {
      return new Message(
          id,
          topic,
          data,
          format,
          contentType,
          priority,
          publishedAt,
          receivedAt,
          expiresAt,
          publisher,
          cid,
          correlId,
          inReplyTo,
          extClientId,
          dedupId,
          properties);
    }
  }
}
