package org.caravanserai.http.internal;

import java.nio.charset.StandardCharsets;

/** The body of every error on the traffic listener. */
final class ErrorDocument {

  /** What it is. */
  static final String CONTENT_TYPE = "application/json";

  private ErrorDocument() {}

  /** {@code {"result":"Error","cid":"...","details":"..."}} in UTF-8. */
  static byte[] of(String cid, String details) {
    StringBuilder text = new StringBuilder(64 + details.length());
    text.append("{\"result\":\"Error\",\"cid\":\"");
    escape(cid, text);
    text.append("\",\"details\":\"");
    escape(details, text);
    return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Escapes text for a JSON string (RFC 8259, section 7). */
  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
