package org.caravanserai.rest.internal.cache;

import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, section 8.8.3). */
final class EntityTags {

  private EntityTags() {}

  /** A weak tag, since answers are compressed on their way for some. */
  static String of(byte[] content) {
    return "W/\"" + Digest.of(content).substring(0, 22) + "\"";
  }

  /**
   * Whether a caller has the answer already, by weak comparison (section 8.8.3.2).
   *
   * @param ifNoneMatch the header; {@code null} if there is none
   */
  static boolean match(@Nullable String ifNoneMatch, String etag) {
    if (ifNoneMatch == null) {
      return false;
    }
    String header = ifNoneMatch.strip();
    if (header.equals("*")) {
      return true;
    }
    String opaque = etag.substring(etag.indexOf('"'));
    int found = header.indexOf(opaque);
    while (found >= 0) {
      boolean begins = found == 0 || " ,/".indexOf(header.charAt(found - 1)) >= 0;
      int end = found + opaque.length();
      if (begins && (end == header.length() || " ,".indexOf(header.charAt(end)) >= 0)) {
        return true;
      }
      found = header.indexOf(opaque, found + 1);
    }
    return false;
  }
}
