package org.caravanserai.cache.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what services put into what caches keep, and back. */
final class Values {

  private static final Logger LOG = LoggerFactory.getLogger(Values.class);
  private static final int OBJECT = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Values() {}

  /**
   * What is kept of a value.
   *
   * @throws IllegalArgumentException if it can't be written as JSON
   */
  static Stored keep(Object value, Caller caller) {
    Object given = value instanceof CharSequence text ? text.toString() : value;
    Stored plain = PlainTree.copy(given);
    return plain == null ? keep(caller.toJson(given)) : plain;
  }

  /** The same for a document that is known to be JSON. */
  static Stored keep(byte[] document) {
    byte first = document.length == 0 ? 0 : document[0];
    if (first != '{' && first != '[') {
      Stored scalar = PlainTree.copy(tree(document));
      if (scalar != null) {
        return scalar;
      }
    }
    return new Stored(new JsonText(document), document.length, OBJECT + (long) document.length);
  }

  /**
   * What is kept of JSON that somebody sent.
   *
   * @throws ServiceException with status 400 if it is null
   */
  static Stored keep(JsonNode json) {
    if (json.isMissingNode() || json.isNull()) {
      throw new ServiceException(400, "value: missing");
    }
    try {
      return keep(MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A kept value for those who do not say in which class they want it. */
  static Object read(Object kept) {
    if (kept instanceof JsonText json) {
      return tree(json.document());
    }
    return kept instanceof byte[] bytes ? bytes.clone() : kept;
  }

  /** A kept value in a class that its reader knows; {@code null} if it does not fit. */
  static <T> @Nullable T read(Object kept, Class<T> type, Caller caller) {
    if (type.isPrimitive()) {
      throw new IllegalArgumentException("expected a class such as Integer, found " + type);
    }
    if (type == Object.class || (type.isInstance(kept) && !(kept instanceof JsonText))) {
      return type.cast(read(kept));
    }
    if (kept instanceof byte[]) {
      return null;
    }
    try {
      byte[] document = kept instanceof JsonText json ? json.document() : caller.toJson(kept);
      return caller.fromJson(document, type);
    } catch (IllegalArgumentException misfit) {
      LOG.debug("A value is taken for absent: it is no {}", type.getName(), misfit);
      return null;
    }
  }

  private static Object tree(byte[] document) {
    try {
      return MAPPER.readValue(document, Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads JSON that somebody sent.
   *
   * @throws ServiceException with status 400 and the place if it is none
   */
  static JsonNode parse(byte[] document) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new ServiceException(
          400,
          "malformed JSON"
              + (place == null
                  ? ""
                  : " at line " + place.getLineNr() + ", column " + place.getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A kept value as JSON, for those who look from outside; bytes are text in base64. */
  static JsonNode show(@Nullable Object kept) {
    if (kept instanceof JsonText json) {
      return parse(json.document());
    }
    if (kept instanceof Map<?, ?> map) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      map.forEach((key, value) -> object.set(String.valueOf(key), show(value)));
      return object;
    }
    if (kept instanceof List<?> list) {
      return list.stream()
          .map(Values::show)
          .collect(
              JsonNodeFactory.instance::arrayNode,
              com.fasterxml.jackson.databind.node.ArrayNode::add,
              com.fasterxml.jackson.databind.node.ArrayNode::addAll);
    }
    return kept == null || kept instanceof Number || kept instanceof Boolean
        ? MAPPER.valueToTree(kept)
        : kept instanceof byte[] bytes
            ? JsonNodeFactory.instance.binaryNode(bytes)
            : JsonNodeFactory.instance.textNode(kept.toString());
  }

  /** JSON as bytes. */
  static byte[] write(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A kept value as a text in which something is searched. */
  static String text(Object kept) {
    return kept instanceof String text ? text : show(kept).toString();
  }

  /** What a value is, in one word. */
  static String type(Object kept) {
    if (kept instanceof String) {
      return "text";
    }
    if (kept instanceof Number) {
      return "number";
    }
    if (kept instanceof Boolean) {
      return "boolean";
    }
    if (kept instanceof byte[]) {
      return "bytes";
    }
    boolean isList =
        kept instanceof List || (kept instanceof JsonText json && json.document()[0] == '[');
    return isList ? "list" : kept instanceof JsonText || kept instanceof Map ? "object" : "time";
  }
}
