package org.caravanserai.scheduler.internal.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Times at the same distance, counted from a first one which is one of them. Days are days of the
 * calendar in a time zone: those of 23 or 25 hours too. The rest is time that passes.
 *
 * @param first from which they are counted
 * @param days whole days of the distance
 * @param seconds the rest of the distance
 * @param zone the time zone
 */
record Interval(Instant first, long days, long seconds, ZoneId zone) implements Times {

  private static final long DAY = Duration.ofDays(1).toSeconds();

  @Override
  public Optional<Instant> next(Instant after) {
    if (after.isBefore(first)) {
      return Optional.of(first);
    }
    try {
      long passed = Duration.between(first, after).toSeconds();
      // Days may be longer or shorter by hours: begin before, and go on to the first that is later.
      long number = Math.max(0, passed / (days * DAY + seconds) - 1);
      Instant time = time(number);
      while (!time.isAfter(after)) {
        number++;
        time = time(number);
      }
      return Optional.of(time);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Instant time(long number) {
    Instant whole =
        days == 0
            ? first
            : ZonedDateTime.ofInstant(first, zone)
                .plusDays(Math.multiplyExact(days, number))
                .toInstant();
    return whole.plusSeconds(Math.multiplyExact(seconds, number));
  }
}
