package org.caravanserai.pubsub.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.caravanserai.api.ServiceException;

/** JSON (RFC 8259) as publish/subscribe reads and writes it: in UTF-8. */
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              // The size of a body is limited where it is read.
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** For values that other parts of a message are made of. */
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Json() {}

  /** What readers and writers are made of. */
  public static JsonFactory factory() {
    return FACTORY;
  }

  /**
   * Reads a document that is an object; an empty one is an object without members.
   *
   * @throws ServiceException with status 400 if it is none, with line and column if it is malformed
   */
  public static JsonNode object(byte[] json) {
    if (json.length == 0) {
      return MAPPER.createObjectNode();
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonNode tree = MAPPER.readTree(parser);
      if (tree == null || !tree.isObject()) {
        throw new ServiceException(400, "expected a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new ServiceException(400, "expected one JSON object and nothing after it");
      }
      return tree;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Whether bytes are one JSON document. */
  static boolean isValid(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null && Utf8.isValid(json);
    } catch (IOException e) {
      return false;
    }
  }

  /** What is told of JSON that can't be read. */
  public static ServiceException malformed(IOException failure) {
    if (failure instanceof StreamConstraintsException) {
      return new ServiceException(400, "the JSON is nested too deeply or has too long a number");
    }
    if (failure instanceof JsonProcessingException malformed) {
      JsonLocation place = malformed.getLocation();
      String reason = String.valueOf(malformed.getOriginalMessage()).lines().findFirst().orElse("");
      return new ServiceException(
          400,
          place == null
              ? "malformed JSON"
              : "malformed JSON at line "
                  + place.getLineNr()
                  + ", column "
                  + place.getColumnNr()
                  + ": "
                  + reason);
    }
    return new ServiceException(400, "malformed JSON");
  }
}
