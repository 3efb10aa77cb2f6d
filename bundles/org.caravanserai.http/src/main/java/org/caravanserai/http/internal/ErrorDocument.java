package org.caravanserai.http.internal;

import java.nio.charset.StandardCharsets;

/** The body of every error on the traffic listener. */
final class ErrorDocument {

  /** What it is. */
  static final String CONTENT_TYPE = "application/json";

  /** What it is on channels whose documents are XML. */
  static final String XML = "application/xml";

  private ErrorDocument() {}

  /** {@code <response><result>Error</result><cid>...</cid><details>...</details></response>}. */
  static byte[] xml(String cid, String details) {
    StringBuilder text = new StringBuilder(160 + details.length());
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><result>Error</result><cid>");
    escapeXml(cid, text);
    text.append("</cid><details>");
    escapeXml(details, text);
    return text.append("</details></response>").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Escapes text for XML 1.0; what no document can hold becomes the replacement character. */
  private static void escapeXml(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '\r' -> out.append("&#13;");
        default -> {
          boolean allowed = (c >= ' ' && c < 0xfffe) || c == '\n' || c == '\t';
          out.append(allowed ? c : '\ufffd');
        }
      }
    }
  }

  /** {@code {"result":"Error","cid":"...","details":"..."}} in UTF-8. */
  static byte[] of(String cid, String details) {
    StringBuilder text = new StringBuilder(64 + details.length());
    text.append("{\"result\":\"Error\",\"cid\":\"");
    escape(cid, text);
    text.append("\",\"details\":\"");
    escape(details, text);
    return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * {@code {"is_ok":false,"cid":"...","details":"...","status":"403 Forbidden"}} in UTF-8.
   *
   * @param status the status and its words
   */
  static byte[] pubSub(String status, String cid, String details) {
    StringBuilder text = new StringBuilder(96 + details.length());
    text.append("{\"is_ok\":false,\"cid\":\"");
    escape(cid, text);
    text.append("\",\"details\":\"");
    escape(details, text);
    text.append("\",\"status\":\"");
    escape(status, text);
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
