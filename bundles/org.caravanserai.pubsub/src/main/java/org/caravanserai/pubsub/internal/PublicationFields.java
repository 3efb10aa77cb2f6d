package org.caravanserai.pubsub.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.caravanserai.broker.Message;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one message that is to be published: {@code data}, {@code data_base64}, {@code
 * content_type}, {@code priority} (0 to 9), {@code expiration} (seconds), {@code pub_time} (ISO
 * 8601), {@code correl_id}, {@code in_reply_to}, {@code ext_client_id}, {@code dedup_id}, {@code
 * properties} (texts, numbers and booleans by name).
 */
final class PublicationFields {

  private final byte[] json;
  private final String place;
  private byte @Nullable [] data;
  private Message.Format format = Message.Format.TEXT;
  private int priority = MessageRules.USUAL_PRIORITY;
  private long expiration;
  private long publishedAt;
  private Optional<String> contentType = Optional.empty();
  private Optional<String> correlId = Optional.empty();
  private Optional<String> inReplyTo = Optional.empty();
  private Optional<String> extClientId = Optional.empty();
  private Optional<String> dedupId = Optional.empty();
  private Map<String, Object> properties = Map.of();

  /**
   * No elements yet.
   *
   * @param json the whole document
   * @param place what its elements are called in errors, before their names
   */
  PublicationFields(byte[] json, String place) {
    this.json = json;
    this.place = place;
  }

  boolean hasData() {
    return data != null;
  }

  /** Takes an element; the parser is at its value and ends at the end of it. */
  void take(String name, JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    switch (name) {
      case "data" -> data(parser);
      case "data_base64" -> base64(text(name, parser));
      case "priority" -> priority = (int) number(name, parser, 0, 9);
      case "expiration" -> expiration = number(name, parser, 1, MessageRules.LONGEST_EXPIRATION);
      case "pub_time" -> publishedAt = time(name, text(name, parser));
      case "content_type" -> contentType = Optional.of(shortText(name, parser));
      case "correl_id" -> correlId = Optional.of(shortText(name, parser));
      case "in_reply_to" -> inReplyTo = Optional.of(shortText(name, parser));
      case "ext_client_id" -> extClientId = Optional.of(shortText(name, parser));
      case "dedup_id" -> dedupId = Optional.of(shortText(name, parser));
      case "properties" -> properties = properties(parser);
      default -> parser.skipChildren();
    }
  }

  private void data(JsonParser parser) throws IOException {
    if (data != null) {
      throw wrong("data", "given twice");
    }
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      data = parser.getText().getBytes(StandardCharsets.UTF_8);
      format = Message.Format.TEXT;
      return;
    }
    // As it was written: numbers stay exact, members keep their order.
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    data = Arrays.copyOfRange(json, start, end);
    format = Message.Format.JSON;
  }

  private void base64(String text) {
    if (data != null) {
      throw wrong("data_base64", "makes no sense beside data");
    }
    try {
      data = Base64.getDecoder().decode(text);
      format = Message.Format.BYTES;
    } catch (IllegalArgumentException e) {
      throw wrong("data_base64", "expected base64");
    }
  }

  private long number(String name, JsonParser parser, long min, long max) throws IOException {
    String expected = "expected a whole number from " + min + " to " + max;
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      parser.skipChildren();
      throw wrong(name, expected);
    }
    try {
      long number = parser.getLongValue();
      if (number >= min && number <= max) {
        return number;
      }
    } catch (InputCoercionException e) {
      // Said below.
    }
    throw wrong(name, expected);
  }

  private String text(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, "expected a text");
    }
    return parser.getText();
  }

  private String shortText(String name, JsonParser parser) throws IOException {
    return MessageRules.shortText(place + name, text(name, parser));
  }

  private long time(String name, String text) {
    try {
      return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text)).toEpochMilli();
    } catch (DateTimeException e) {
      return utc(name, text);
    }
  }

  /** Zato's clients write times without their offset, in UTC. */
  private long utc(String name, String text) {
    try {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw wrong(name, "expected a time such as 2026-01-31T23:59:59Z");
    }
  }

  private Map<String, Object> properties(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("properties", "expected an object");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Object value =
          switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NUMBER_INT -> number("properties/" + name, parser);
            default -> throw wrong("properties/" + name, "expected a text, a number or a boolean");
          };
      values.put(MessageRules.propertyName(place + "properties/", name), value);
    }
    return values;
  }

  private long number(String name, JsonParser parser) throws IOException {
    return number(name, parser, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private ServiceException wrong(String name, String reason) {
    return new ServiceException(400, place + name + ": " + reason);
  }

  /** The message that they make. */
  Message message(Publications.Origin origin) {
    byte[] content = data;
    if (content == null) {
      throw wrong("data", "missing");
    }
    return Message.of(MessageIds.next(), origin.topic(), content, format)
        .contentType(contentType)
        .priority(priority)
        .publishedAt(publishedAt)
        .expiresAt(MessageRules.expiresAt(expiration))
        .publisher(origin.publisher())
        .cid(origin.cid())
        .correlId(correlId)
        .inReplyTo(inReplyTo)
        .extClientId(extClientId)
        .dedupId(dedupId)
        .properties(properties)
        .build();
  }
}
