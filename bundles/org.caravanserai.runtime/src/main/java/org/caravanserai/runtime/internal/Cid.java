package org.caravanserai.runtime.internal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Correlation ids, and their place in the log lines of a thread. */
final class Cid {

  /** The key under which log layouts find it. */
  static final String KEY = "cid";

  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int DIGITS_PER_LONG = 13;
  private static final int BITS = 5;

  private Cid() {}

  /** 128 random bits in 26 lower-case letters and digits. It is an id, not a secret. */
  static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] text = new byte[2 * DIGITS_PER_LONG];
    write(random.nextLong(), text, 0);
    write(random.nextLong(), text, DIGITS_PER_LONG);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void write(long bits, byte[] text, int start) {
    long left = bits;
    for (int i = start; i < start + DIGITS_PER_LONG; i++) {
      text[i] = (byte) DIGITS[(int) left & (DIGITS.length - 1)];
      left >>>= BITS;
    }
  }

  /** Puts an id into the thread's log lines and answers the one before. */
  static @Nullable String begin(String cid) {
    String before = MDC.get(KEY);
    MDC.put(KEY, cid);
    return before;
  }

  /** Puts the id before back. */
  static void end(@Nullable String before) {
    if (before == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, before);
    }
  }
}
