package org.caravanserai.broker.internal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.caravanserai.broker.Message;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into those of Artemis and back: the one table of what becomes of them between
 * protocols. {@code docs/pubsub-protocols.md} shows it.
 */
final class MessageCodec {

  private static final int ROOM_FOR_PROPERTIES = 512;

  private MessageCodec() {}

  /**
   * A message to be stored.
   *
   * @param number the broker's number of it
   * @param address where it goes
   */
  static CoreMessage write(Message message, long number, String address) {
    CoreMessage core = new CoreMessage(number, message.data().length + ROOM_FOR_PROPERTIES);
    core.setAddress(SimpleString.of(address));
    core.setDurable(true);
    core.setPriority((byte) message.priority());
    core.setExpiration(message.expiresAt());
    long now = System.currentTimeMillis();
    core.setTimestamp(message.publishedAt() == 0 ? now : message.publishedAt());
    core.putLongProperty(
        org.apache.activemq.artemis.api.core.Message.HDR_INGRESS_TIMESTAMP,
        message.receivedAt() == 0 ? now : message.receivedAt());
    if (message.format() == Message.Format.TEXT) {
      core.setType(org.apache.activemq.artemis.api.core.Message.TEXT_TYPE);
      core.getBodyBuffer()
          .writeNullableSimpleString(
              SimpleString.of(new String(message.data(), StandardCharsets.UTF_8)));
    } else {
      core.setType(org.apache.activemq.artemis.api.core.Message.BYTES_TYPE);
      core.getBodyBuffer().writeBytes(message.data());
    }
    properties(message, core);
    return core;
  }

  private static void properties(Message message, CoreMessage core) {
    message.properties().forEach((name, value) -> core.putObjectProperty(name, value));
    UserProperties.write(core, message);
    core.putStringProperty(Properties.ID, SimpleString.of(message.id()));
    core.putStringProperty(Properties.TOPIC, SimpleString.of(message.topic()));
    core.putStringProperty(Properties.FORMAT, SimpleString.of(message.format().name()));
    if (!message.cid().isEmpty()) {
      core.putStringProperty(Properties.CID, SimpleString.of(message.cid()));
    }
    put(core, Properties.PUBLISHER, message.publisher());
    put(core, Properties.CORREL_ID, message.correlId());
    message
        .correlId()
        .ifPresent(
            id ->
                core.putBytesProperty(
                    MQTTUtil.MQTT_CORRELATION_DATA_KEY, id.getBytes(StandardCharsets.UTF_8)));
    put(core, Properties.IN_REPLY_TO, message.inReplyTo());
    put(core, Properties.EXT_CLIENT_ID, message.extClientId());
    put(
        core,
        org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID,
        message.dedupId());
    String contentType =
        message.contentType().orElse(message.format() == Message.Format.JSON ? JSON : null);
    if (contentType != null) {
      for (SimpleString name : Properties.CONTENT_TYPES) {
        core.putStringProperty(name, SimpleString.of(contentType));
      }
    }
  }

  private static final String JSON = "application/json";

  private static void put(CoreMessage core, SimpleString name, Optional<String> value) {
    value.ifPresent(text -> core.putStringProperty(name, SimpleString.of(text)));
  }

  /** A message as it is stored, whatever protocol brought it. */
  static Message read(org.apache.activemq.artemis.api.core.Message stored) {
    ICoreMessage core = stored.toCore();
    String address = core.getAddress();
    Optional<String> contentType = contentType(core);
    Payload payload = Payload.of(core, contentType, text(core, Properties.FORMAT));
    Long received = stored.getIngressTimestamp();
    String id = text(core, Properties.ID);
    String topic = text(core, Properties.TOPIC);
    String publisher = publisher(stored, core);
    return Message.of(
            id == null ? "smsg-" + Long.toHexString(core.getMessageID()) : id,
            topic == null ? address : topic,
            payload.data(),
            payload.format())
        .contentType(contentType)
        .priority(core.getPriority())
        .publishedAt(core.getTimestamp() == 0 && received != null ? received : core.getTimestamp())
        .receivedAt(received == null ? core.getTimestamp() : received)
        .expiresAt(core.getExpiration())
        .publisher(Optional.ofNullable(publisher))
        .cid(orEmpty(text(core, Properties.CID)))
        .correlId(Optional.ofNullable(correlId(core)))
        .inReplyTo(Optional.ofNullable(text(core, Properties.IN_REPLY_TO)))
        .extClientId(Optional.ofNullable(text(core, Properties.EXT_CLIENT_ID)))
        .dedupId(
            Optional.ofNullable(
                text(
                    core, org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID)))
        .properties(UserProperties.read(core))
        .build();
  }

  /** Who the broker saw; what a client says of itself does not count. */
  private static @Nullable String publisher(
      org.apache.activemq.artemis.api.core.Message stored, ICoreMessage core) {
    byte[] seen =
        stored instanceof ICoreMessage ? null : stored.getExtraBytesProperty(Properties.PUBLISHER);
    return seen == null
        ? text(core, Properties.PUBLISHER)
        : new String(seen, StandardCharsets.UTF_8);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String correlId(ICoreMessage core) {
    Object id = core.getCorrelationID();
    if (id == null) {
      return text(core, MQTTUtil.MQTT_CORRELATION_DATA_KEY);
    }
    return id instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : id.toString();
  }

  private static Optional<String> contentType(ICoreMessage core) {
    for (SimpleString name : Properties.CONTENT_TYPES) {
      String found = text(core, name);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String text(ICoreMessage core, SimpleString name) {
    Object value = core.getObjectProperty(name);
    if (value == null) {
      return null;
    }
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value.toString();
  }
}
