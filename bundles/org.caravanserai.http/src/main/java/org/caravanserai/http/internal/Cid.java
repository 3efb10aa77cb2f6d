package org.caravanserai.http.internal;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Correlation ids of requests. */
final class Cid {

  /** The header, of requests and answers. */
  static final String HEADER = "X-Serai-CID";

  private static final int LONGEST = 64;
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Cid() {}

  /** The caller's own id if it is one that needs no escape anywhere, else a new one. */
  static String of(@Nullable String callers) {
    return callers != null && isSafe(callers) ? callers : next();
  }

  private static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] text = new char[32];
    hex(random.nextLong(), text, 0);
    hex(random.nextLong(), text, 16);
    return new String(text);
  }

  private static void hex(long bits, char[] text, int start) {
    for (int i = 0; i < 16; i++) {
      text[start + i] = DIGITS[(int) (bits >>> (i * 4)) & 15];
    }
  }

  private static boolean isSafe(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_')) {
        return false;
      }
    }
    return true;
  }
}
