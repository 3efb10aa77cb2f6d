package org.caravanserai.security.internal.limit;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.caravanserai.security.TimeRange;

/**
 * Times of the day, from a minute to before another one, perhaps over midnight.
 *
 * @param from the first minute of the day
 * @param to the minute that is not in it any more
 */
record DayTimes(int from, int to) {

  private static final int MINUTES = 24 * 60;

  /**
   * The times of a range.
   *
   * @throws IllegalArgumentException if they make no sense; the message says why
   */
  static DayTimes of(TimeRange range) {
    boolean given = range.timeFrom().isPresent() || range.timeTo().isPresent();
    if (range.isAllDay().orElse(!given)) {
      return new DayTimes(0, MINUTES);
    }
    if (range.timeFrom().isEmpty() || range.timeTo().isEmpty()) {
      throw new IllegalArgumentException("needs time_from and time_to, or is_all_day: true");
    }
    int from = minute(range.timeFrom()) % MINUTES;
    int to = minute(range.timeTo());
    if (from == to) {
      throw new IllegalArgumentException("time_from and time_to must not be the same");
    }
    return new DayTimes(from, to);
  }

  private static int minute(Optional<String> text) {
    String time = text.orElseThrow();
    if (time.equals("24:00")) {
      return MINUTES;
    }
    try {
      LocalTime parsed = LocalTime.parse(time);
      return parsed.getHour() * 60 + parsed.getMinute();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a time such as 08:30, found " + time, e);
    }
  }

  /** Whether a minute of the day is in it. */
  boolean has(int minute) {
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  }
}
