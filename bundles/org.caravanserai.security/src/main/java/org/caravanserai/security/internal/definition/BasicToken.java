package org.caravanserai.security.internal.definition;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The token of the scheme {@code Basic} (RFC 7617) in a header. */
final class BasicToken {

  /** The scheme, and the blank behind it. */
  static final String SCHEME = "Basic ";

  /** Where the token begins. */
  static final int BEGIN = SCHEME.length();

  private BasicToken() {}

  /** The token of a user. */
  static String of(String username, String password) {
    return Base64.getEncoder()
        .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a header has one. */
  static boolean isIn(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * The user's name that a header {@code Authorization} tells, empty if it can't be read; {@code
   * null} if there is no token.
   */
  static @Nullable String claimed(@Nullable String authorization) {
    if (authorization == null || !isIn(authorization)) {
      return null;
    }
    try {
      byte[] sent = Base64.getDecoder().decode(authorization.substring(BEGIN).strip());
      String both = new String(sent, StandardCharsets.UTF_8);
      return both.substring(0, Math.max(both.indexOf(':'), 0));
    } catch (IllegalArgumentException e) {
      return "";
    }
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
