package org.caravanserai.security.internal.definition;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The token of the scheme {@code Basic} (RFC 7617) in a header. */
final class BasicToken {

  /** The scheme, and the blank behind it. */
  static final String SCHEME = "Basic ";

  /** Where the token begins. */
  static final int BEGIN = SCHEME.length();

  private BasicToken() {}

  /** Whether a header has one. */
  static boolean isIn(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** The same credentials as most callers would spell them; empty if they make no sense. */
  static List<String> otherSpellings(String header) {
    byte[] sent;
    try {
      sent = Base64.getDecoder().decode(header.substring(BEGIN).strip());
    } catch (IllegalArgumentException e) {
      return List.of();
    }
    String latin1 = new String(sent, StandardCharsets.ISO_8859_1);
    Base64.Encoder encoder = Base64.getEncoder();
    return List.of(
        encoder.encodeToString(sent),
        encoder.encodeToString(latin1.getBytes(StandardCharsets.UTF_8)));
  }

  /** A text as a quoted-string (RFC 9110, section 5.6.4). */
  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
