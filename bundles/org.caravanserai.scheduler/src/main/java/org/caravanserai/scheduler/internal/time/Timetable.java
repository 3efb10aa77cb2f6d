package org.caravanserai.scheduler.internal.time;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Timing;
import org.jspecify.annotations.Nullable;

/** The times of a job, read from its configuration. */
public final class Timetable {

  private static final long MOST_SECONDS = 100L * 366 * 86_400;
  private static final long DAY = 86_400;

  private final Timing timing;
  private final @Nullable Instant start;
  private final ZoneId zone;
  private final @Nullable Cron cron;

  private Timetable(Timing timing, @Nullable Instant start, ZoneId zone, @Nullable Cron cron) {
    this.timing = timing;
    this.start = start;
    this.zone = zone;
    this.cron = cron;
  }

  /**
   * Reads a timetable.
   *
   * @throws BadTiming if it makes no sense
   */
  public static Timetable of(Timing timing) throws BadTiming {
    ZoneId zone = Zones.of(timing.timezone());
    Instant start =
        timing.startDate().isPresent() ? StartDate.parse(timing.startDate().get()) : null;
    Optional<String> expression = timing.cronDefinition().filter(text -> !text.isBlank());
    Cron cron = null;
    if (timing.repeats() < 0) {
      throw new BadTiming("repeats", "less than none");
    }
    switch (timing.jobType()) {
      case ONE_TIME -> {
        if (start == null) {
          throw new BadTiming("start_date", "a job that runs one time says when");
        }
      }
      case INTERVAL_BASED -> checkInterval(timing);
      case CRON_STYLE -> {
        if (expression.isEmpty()) {
          throw new BadTiming("cron_definition", "a job of cron style has an expression");
        }
        cron = Cron.parse(expression.get(), zone);
      }
    }
    if (timing.jobType() != JobType.CRON_STYLE && expression.isPresent()) {
      throw new BadTiming(
          "cron_definition", "only jobs whose job_type is cron_style have an expression");
    }
    return new Timetable(timing, start, zone, cron);
  }

  private static void checkInterval(Timing timing) throws BadTiming {
    long[] parts = {
      timing.weeks(), timing.days(), timing.hours(), timing.minutes(), timing.seconds()
    };
    String[] names = {"weeks", "days", "hours", "minutes", "seconds"};
    long[] units = {7 * DAY, DAY, 3_600, 60, 1};
    long total = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] < 0) {
        throw new BadTiming(names[i], "less than none");
      }
      total += parts[i] * units[i];
    }
    if (total == 0) {
      throw new BadTiming(
          "seconds", "an interval has weeks, days, hours, minutes or seconds: all are 0");
    }
    if (total > MOST_SECONDS) {
      throw new BadTiming("weeks", "an interval has a hundred years at most");
    }
  }

  /** The configuration. */
  public Timing timing() {
    return timing;
  }

  /** The start date; empty if there is none. */
  public Optional<Instant> start() {
    return Optional.ofNullable(start);
  }

  /**
   * The times.
   *
   * @param made when the job was made, from which an interval without a start date is counted
   */
  public Times times(Instant made) {
    Instant begin = start;
    Cron expression = cron;
    if (timing.jobType() == JobType.ONE_TIME && begin != null) {
      return after -> begin.isAfter(after) ? Optional.of(begin) : Optional.empty();
    }
    if (expression != null) {
      return begin == null
          ? expression
          : after ->
              expression.next(
                  after.isBefore(begin.minusSeconds(1)) ? begin.minusSeconds(1) : after);
    }
    long days = 7L * timing.weeks() + timing.days();
    long seconds = 3_600L * timing.hours() + 60L * timing.minutes() + timing.seconds();
    if (begin != null) {
      return new Interval(begin, days, seconds, zone);
    }
    Interval counted = new Interval(made, days, seconds, zone);
    // The moment at which it was made is none of them.
    return after -> counted.next(after.isBefore(made) ? made : after);
  }

  /** The next times after another one, as many as wanted if there are so many. */
  public List<Instant> preview(Instant made, Instant after, int count) {
    Times times = times(made);
    long limit = timing.repeats() == 0 ? count : Math.min(count, timing.repeats());
    List<Instant> next = new ArrayList<>();
    Optional<Instant> time = times.next(after);
    while (time.isPresent() && next.size() < limit) {
      next.add(time.get());
      time = times.next(time.get());
    }
    return next;
  }
}
