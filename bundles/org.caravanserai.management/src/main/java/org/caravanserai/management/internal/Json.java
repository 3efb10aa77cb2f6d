package org.caravanserai.management.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.caravanserai.management.ApiJson;

/** JSON as the admin API reads and writes it. */
final class Json {

  private Json() {}

  /** A value as JSON. */
  static byte[] write(Object value) throws IOException {
    return ApiJson.bytes(value);
  }

  /** Answers with a value of a certain content type. */
  static void answer(HttpServletResponse response, int status, String contentType, Object value)
      throws IOException {
    byte[] body = write(value);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /**
   * Reads a document.
   *
   * @throws Problem 400 with the place if it is none
   */
  static JsonNode read(byte[] body) throws Problem {
    try {
      return ApiJson.read(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      String where =
          place == null
              ? ""
              : ": see line " + place.getLineNr() + ", column " + place.getColumnNr();
      throw new Problem(400, "The body is no JSON document" + where);
    }
  }
}
