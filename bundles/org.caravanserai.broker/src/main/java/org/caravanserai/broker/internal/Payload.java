package org.caravanserai.broker.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.utils.collections.TypedProperties;
import org.caravanserai.broker.Message.Format;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries.
 *
 * @param data the bytes
 * @param format what they are
 */
record Payload(byte[] data, Format format) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The payload of a message that any protocol has brought. Objects of Java stay bytes: nothing is
   * deserialized.
   *
   * @param contentType its media type, if it has one
   * @param told the name of its format, if our own publisher told it
   */
  static Payload of(ICoreMessage core, Optional<String> contentType, @Nullable String told) {
    ActiveMQBuffer body = core.getReadOnlyBodyBuffer();
    byte[] data;
    boolean isText = false;
    switch (core.getType()) {
      case Message.TEXT_TYPE -> {
        SimpleString text = body.readNullableSimpleString();
        data = text == null ? new byte[0] : text.toString().getBytes(StandardCharsets.UTF_8);
        isText = true;
      }
      case Message.MAP_TYPE -> {
        TypedProperties map = new TypedProperties();
        map.decode(body.byteBuf());
        return new Payload(json(map.getMap()), Format.JSON);
      }
      default -> {
        data = new byte[body.readableBytes()];
        body.readBytes(data);
      }
    }
    if (told != null) {
      return new Payload(data, Format.valueOf(told));
    }
    if (contentType.filter(Payload::isJson).isPresent()) {
      return new Payload(data, Format.JSON);
    }
    if (isText || isUtf8(data)) {
      boolean looksLikeJson = contentType.isEmpty() && !isText && isContainer(data);
      return new Payload(data, looksLikeJson ? Format.JSON : Format.TEXT);
    }
    return new Payload(data, Format.BYTES);
  }

  private static boolean isJson(String contentType) {
    int end = contentType.indexOf(';');
    String type =
        (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json");
  }

  /** Whether bytes begin and end like an object or a list of JSON. */
  private static boolean isContainer(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8).strip();
    return (text.startsWith("{") && text.endsWith("}"))
        || (text.startsWith("[") && text.endsWith("]"));
  }

  private static boolean isUtf8(byte[] data) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A map of JMS. */
  private static byte[] json(Map<String, Object> map) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach(
        (name, value) ->
            values.put(name, value instanceof SimpleString ? value.toString() : value));
    try {
      return JSON.writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a map that JSON can't say", e);
    }
  }
}
