package org.caravanserai.maven;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a server answers.
 *
 * @param status the HTTP status
 * @param contentType the header, empty if there is none
 * @param body the body
 */
record Answer(int status, String contentType, byte[] body) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The body as JSON; a missing node if it is none. */
  JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The body for eyes: its text, or what it is. */
  String text() {
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.isEmpty()
        || type.startsWith("text/")
        || type.contains("json")
        || type.contains("xml")
        || type.contains("yaml")) {
      return new String(body, StandardCharsets.UTF_8);
    }
    return body.length + " bytes of " + contentType;
  }
}
