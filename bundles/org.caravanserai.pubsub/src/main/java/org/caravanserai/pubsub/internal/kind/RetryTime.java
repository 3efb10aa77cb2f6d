package org.caravanserai.pubsub.internal.kind;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** A time as Zato spells it ({@code 30d}, {@code 48h}, {@code 30m}, {@code 90s}), or ISO 8601. */
public final class RetryTime {

  private RetryTime() {}

  /**
   * Reads a time; a number alone is seconds.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration parse(String text) {
    String time = text.strip().toUpperCase(Locale.ROOT);
    try {
      if (time.startsWith("P")) {
        return Duration.parse(time);
      }
      int last = time.length() - 1;
      long number =
          Long.parseLong(
              last >= 0 && Character.isLetter(time.charAt(last)) ? time.substring(0, last) : time);
      return switch (last < 0 ? ' ' : time.charAt(last)) {
        case 'D' -> Duration.ofDays(number);
        case 'H' -> Duration.ofHours(number);
        case 'M' -> Duration.ofMinutes(number);
        case 'S' -> Duration.ofSeconds(number);
        default -> isDigit(time, last) ? Duration.ofSeconds(number) : wrong(text);
      };
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      return wrong(text);
    }
  }

  private static boolean isDigit(String time, int index) {
    return Character.isDigit(time.charAt(index));
  }

  private static Duration wrong(String text) {
    throw new IllegalArgumentException("expected a time such as 30d, 48h, 30m; found " + text);
  }
}
