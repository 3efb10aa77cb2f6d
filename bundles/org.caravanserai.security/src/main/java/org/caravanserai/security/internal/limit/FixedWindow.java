package org.caravanserai.security.internal.limit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.caravanserai.security.TimeRange.Unit;

/** Counts requests in a unit of the calendar, and begins anew with the next one. */
final class FixedWindow {

  /** From how many milliseconds on the clock has been put back. */
  private static final long PUT_BACK = 60_000;

  private final long limit;
  private final Unit unit;
  private final Clock clock;
  private volatile Span current;

  /** One unit, from its beginning (inclusive) to its end, in milliseconds of the clock. */
  private static final class Span {

    private final long begin;
    private final long end;
    private final AtomicLong used = new AtomicLong();

    Span(long begin, long end) {
      this.begin = begin;
      this.end = end;
    }

    /** Whether a time is in it; one shortly before may be seen by a thread that was held up. */
    boolean has(long now) {
      return now < end && now > begin - PUT_BACK;
    }
  }

  FixedWindow(long limit, Unit unit, Clock clock) {
    this.limit = limit;
    this.unit = unit;
    this.clock = clock;
    this.current = span(clock.millis());
  }

  private Span span(long now) {
    ZonedDateTime time = Instant.ofEpochMilli(now).atZone(clock.getZone());
    ZonedDateTime begin =
        switch (unit) {
          case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
          case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
          case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
          case DAY -> time.truncatedTo(ChronoUnit.DAYS);
          case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        };
    ZonedDateTime end =
        switch (unit) {
          case SECOND -> begin.plusSeconds(1);
          case MINUTE -> begin.plusMinutes(1);
          case HOUR -> begin.plusHours(1);
          case DAY -> begin.plusDays(1);
          case MONTH -> begin.plusMonths(1);
        };
    long ends = end.toInstant().toEpochMilli();
    return new Span(Math.min(begin.toInstant().toEpochMilli(), now), Math.max(ends, now + 1));
  }

  private Span current() {
    long now = clock.millis();
    Span span = current;
    return span.has(now) ? span : renew(now);
  }

  /** Once a unit only. */
  private synchronized Span renew(long now) {
    if (!current.has(now)) {
      current = span(now);
    }
    return current;
  }

  /** Counts a request; how many more there may be, or -1 if it is one too many. */
  long take() {
    AtomicLong used = current().used;
    for (long before = used.get(); before < limit; before = used.get()) {
      if (used.compareAndSet(before, before + 1)) {
        return limit - before - 1;
      }
    }
    return -1;
  }

  /** Takes back what {@link #take} has counted. */
  void giveBack() {
    current().used.updateAndGet(used -> Math.max(used - 1, 0));
  }

  long limit() {
    return limit;
  }

  /** In how many seconds the next one begins; at least 1. */
  long resetSeconds() {
    return Math.max((current().end - clock.millis() + 999) / 1000, 1);
  }

  /** How long it is, in seconds; a month has 30 days here. */
  long seconds() {
    return switch (unit) {
      case SECOND -> 1;
      case MINUTE -> 60;
      case HOUR -> 3_600;
      case DAY -> 86_400;
      case MONTH -> 30 * 86_400;
    };
  }

  void clear() {
    current().used.set(0);
  }
}
