package org.caravanserai.pubsub.internal.remote;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.broker.Message;
import org.caravanserai.broker.Message.Format;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JMS has them. Text and JSON are {@link TextMessage}s, all else {@link BytesMessage}s;
 * what JMS has no place for are properties {@code serai_...}.
 */
final class JmsMessages {

  /** Marks what has come from the external broker, so that it is not sent there again. */
  static final String REMOTE = "serai_remote";

  private static final String OWN = "serai_";
  private static final String ID = "serai_msg_id";
  private static final String FORMAT = "serai_format";
  private static final String CONTENT_TYPE = "serai_content_type";
  private static final String PUBLISHER = "serai_publisher";
  private static final String CID = "serai_cid";
  private static final String IN_REPLY_TO = "serai_in_reply_to";
  private static final String EXT_CLIENT_ID = "serai_ext_client_id";
  private static final String PUB_TIME = "serai_pub_time";

  /** By which Artemis knows a message that comes again. */
  private static final String DUPLICATE = "_AMQ_DUPL_ID";

  private JmsMessages() {}

  /** A message for the external broker. */
  static jakarta.jms.Message write(Session session, Message message) throws JMSException {
    jakarta.jms.Message jms;
    if (message.format() == Format.BYTES) {
      BytesMessage bytes = session.createBytesMessage();
      bytes.writeBytes(message.data());
      jms = bytes;
    } else {
      jms = session.createTextMessage(new String(message.data(), StandardCharsets.UTF_8));
    }
    for (Map.Entry<String, Object> each : message.properties().entrySet()) {
      jms.setObjectProperty(each.getKey(), each.getValue());
    }
    jms.setStringProperty(ID, message.id());
    jms.setStringProperty(DUPLICATE, message.id());
    jms.setStringProperty(FORMAT, message.format().name());
    jms.setStringProperty(CID, message.cid());
    jms.setLongProperty(PUB_TIME, message.publishedAt());
    if (message.correlId().isPresent()) {
      jms.setJMSCorrelationID(message.correlId().get());
    }
    put(jms, CONTENT_TYPE, message.contentType());
    put(jms, PUBLISHER, message.publisher());
    put(jms, IN_REPLY_TO, message.inReplyTo());
    put(jms, EXT_CLIENT_ID, message.extClientId());
    return jms;
  }

  private static void put(jakarta.jms.Message jms, String name, Optional<String> value)
      throws JMSException {
    if (value.isPresent()) {
      jms.setStringProperty(name, value.get());
    }
  }

  /**
   * A message of the external broker.
   *
   * @param topic the topic that it comes to
   */
  static Message read(jakarta.jms.Message jms, String topic) throws JMSException {
    String told = jms.getStringProperty(FORMAT);
    byte[] data;
    Format format;
    if (jms instanceof TextMessage text) {
      data = text.getText() == null ? new byte[0] : text.getText().getBytes(StandardCharsets.UTF_8);
      format = Format.TEXT;
    } else if (jms instanceof BytesMessage bytes) {
      data = new byte[(int) bytes.getBodyLength()];
      bytes.readBytes(data);
      format = Format.BYTES;
    } else {
      throw new JMSException("a message that is neither text nor bytes: " + jms.getJMSMessageID());
    }
    String id = jms.getStringProperty(ID);
    String known = id == null ? jms.getJMSMessageID() : id;
    long published = jms.propertyExists(PUB_TIME) ? jms.getLongProperty(PUB_TIME) : 0;
    return Message.of(known, topic, data, told == null ? format : Format.valueOf(told))
        .contentType(text(jms, CONTENT_TYPE))
        .priority(jms.getJMSPriority())
        .publishedAt(published == 0 ? jms.getJMSTimestamp() : published)
        .expiresAt(jms.getJMSExpiration())
        .publisher(text(jms, PUBLISHER))
        .cid(text(jms, CID).orElse(""))
        .correlId(Optional.ofNullable(jms.getJMSCorrelationID()))
        .inReplyTo(text(jms, IN_REPLY_TO))
        .extClientId(text(jms, EXT_CLIENT_ID))
        .dedupId(Optional.of(known))
        .properties(properties(jms))
        .build();
  }

  private static Optional<String> text(jakarta.jms.Message jms, String name) throws JMSException {
    return Optional.ofNullable(jms.getStringProperty(name));
  }

  private static Map<String, Object> properties(jakarta.jms.Message jms) throws JMSException {
    Map<String, Object> properties = new HashMap<>();
    Enumeration<?> names = jms.getPropertyNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement().toString();
      Object value = jms.getObjectProperty(name);
      if (!name.startsWith(OWN) && !name.startsWith("_AMQ") && !name.startsWith("JMS")) {
        put(properties, name, value);
      }
    }
    properties.put(REMOTE, true);
    return properties;
  }

  private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      properties.put(name, value);
    }
  }
}
