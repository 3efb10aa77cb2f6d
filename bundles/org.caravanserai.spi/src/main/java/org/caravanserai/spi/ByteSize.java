package org.caravanserai.spi;

import java.util.Locale;

/** A number of bytes as configuration spells it. */
public final class ByteSize {

  private ByteSize() {}

  /**
   * Reads a size: {@code 2048}, {@code 512KB}, {@code 10 MB}, {@code 1GB}; a KB is 1024 bytes.
   *
   * @throws IllegalArgumentException if it is none, or beyond 2 GB; the message says so
   */
  public static int parse(String text) {
    String size = text.strip().toUpperCase(Locale.ROOT);
    long unit = 1;
    for (String suffix : new String[] {"KB", "MB", "GB"}) {
      unit *= 1024;
      if (size.endsWith(suffix)) {
        return bytes(size.substring(0, size.length() - 2).strip(), unit, text);
      }
    }
    return bytes(size, 1, text);
  }

  private static int bytes(String number, long unit, String text) {
    try {
      long bytes = Math.multiplyExact(Long.parseLong(number), unit);
      if (bytes >= 0 && bytes <= Integer.MAX_VALUE) {
        return (int) bytes;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "expected a size below 2GB, such as 2048, 512KB or 10MB; found " + text);
  }
}
