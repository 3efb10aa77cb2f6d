package org.caravanserai.scheduler.internal.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;

/** Reads {@code 2026-01-31 09:00:00}, in UTC or with an offset or a zone behind it. */
final class StartDate {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final int LOCAL_LENGTH = 19;

  private StartDate() {}

  static Instant parse(String given) throws BadTiming {
    String text = given.strip();
    try {
      if (text.length() > LOCAL_LENGTH && text.charAt(10) == 'T') {
        return OffsetDateTime.parse(text).toInstant();
      }
      if (text.length() < LOCAL_LENGTH) {
        throw bad(given);
      }
      String time = text.substring(0, LOCAL_LENGTH).replace('T', ' ');
      String zone = text.substring(LOCAL_LENGTH).strip();
      ZoneId id = zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
      return LocalDateTime.parse(time, LOCAL).atZone(id).toInstant();
    } catch (DateTimeParseException e) {
      throw bad(given);
    } catch (DateTimeException e) {
      throw new BadTiming("start_date", "unknown time zone in `" + given + "`");
    }
  }

  private static BadTiming bad(String given) {
    return new BadTiming(
        "start_date",
        "expected a time such as 2026-01-31 09:00:00 (UTC) or 2026-01-31 09:00:00 Europe/Berlin,"
            + " found `"
            + given
            + "`");
  }
}
