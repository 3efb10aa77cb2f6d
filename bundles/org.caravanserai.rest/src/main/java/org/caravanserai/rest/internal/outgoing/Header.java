package org.caravanserai.rest.internal.outgoing;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in the head of a request. */
final class Header {

  /** What frames the message is made by the client; the correlation id is the server's. */
  private static final Set<String> OURS =
      Set.of(
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "x-serai-cid");

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private Header() {}

  /**
   * Refuses what can't be sent.
   *
   * @throws IllegalArgumentException that says why, without the value
   */
  static void check(String name, String value) {
    if (!isToken(name)) {
      throw new IllegalArgumentException("not the name of a header: " + name);
    }
    if (isOurs(name)) {
      throw new IllegalArgumentException(name + " is set by the server");
    }
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff))) {
      throw new IllegalArgumentException(
          "the value of " + name + " has a character that no header may have");
    }
  }

  /** Whether a header is none of the sender's business. */
  static boolean isOurs(String name) {
    return OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a text could be a method or the name of a header. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }
}
