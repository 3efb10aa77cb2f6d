package org.caravanserai.scheduler.internal.time;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * The times of an expression of cron in a time zone.
 *
 * <p>Where clocks change, it does as cron(8) of Vixie and Debian: an expression that names its
 * hours runs once each day, at the first of two equal times, and at the moment of the change if its
 * time is left out; one for every hour, or every so many, follows the time that passes: it runs in
 * both of two equal hours, and not in one that is left out.
 *
 * <p>Quartz' expressions are used on times without a zone; they know nothing of the changes.
 */
final class Cron implements Times {

  private static final String FIELD = "cron_definition";
  private static final int YEARS = 5;
  private static final Pattern TOO_LARGE = Pattern.compile("[6-9]\\d|\\d{3,}");

  private final List<CronExpression> expressions;
  private final ZoneId zone;
  private final boolean followsTime;

  private Cron(List<CronExpression> expressions, ZoneId zone, boolean followsTime) {
    this.expressions = expressions;
    this.zone = zone;
    this.followsTime = followsTime;
  }

  /**
   * Reads an expression.
   *
   * @param given of 5 fields as on Unix, of 6 or 7 as Quartz has them
   */
  static Cron parse(String given, ZoneId zone) throws BadTiming {
    String text = given.strip();
    String[] fields = text.split("\\s+");
    List<String> quartz;
    if (fields.length == 5) {
      quartz = UnixCron.toQuartz(fields);
    } else if (fields.length == 6 || fields.length == 7) {
      checkNumbers(fields, given);
      quartz = List.of(text);
    } else {
      throw new BadTiming(
          FIELD,
          "expected 5 fields (minute hour day month weekday), or 6 to 7 as Quartz has them, found `"
              + given
              + "`");
    }
    List<CronExpression> expressions = new ArrayList<>();
    for (String each : quartz) {
      expressions.add(quartz(each, given));
    }
    String hours = fields[fields.length == 5 ? 1 : 2];
    Cron cron = new Cron(expressions, zone, hours.startsWith("*"));
    if (fields.length < 7 && cron.next(Instant.EPOCH).isEmpty()) {
      throw new BadTiming(FIELD, "`" + given + "` is never: there is no such day");
    }
    return cron;
  }

  /** To Quartz 98 and 99 are {@code ?} and {@code *}, in every field but that of years. */
  private static void checkNumbers(String[] fields, String given) throws BadTiming {
    for (int i = 0; i < 6; i++) {
      Matcher large = TOO_LARGE.matcher(fields[i]);
      if (large.find()) {
        throw new BadTiming(
            FIELD,
            "`" + given + "` makes no sense: " + large.group() + " is too much for any field");
      }
    }
  }

  private static CronExpression quartz(String expression, String given) throws BadTiming {
    try {
      CronExpression parsed = new CronExpression(expression);
      parsed.setTimeZone(TimeZone.getTimeZone("UTC"));
      return parsed;
    } catch (ParseException | RuntimeException e) {
      throw new BadTiming(FIELD, "`" + given + "` makes no sense: " + e.getMessage());
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    try {
      return Optional.ofNullable(followsTime ? passing(after) : named(after));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The first time after another by the offset of the zone then, which changes now and then. */
  private @Nullable Instant passing(Instant after) {
    Instant from = after;
    Instant limit = after.plusSeconds(YEARS * 366L * 86_400);
    boolean inclusive = false;
    while (from.isBefore(limit)) {
      ZoneOffset offset = zone.getRules().getOffset(from);
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      LocalDateTime local = LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, offset);
      LocalDateTime next = after(inclusive ? local.minusSeconds(1) : local);
      if (next == null) {
        return null;
      }
      Instant time = next.toInstant(offset);
      if (change == null || time.isBefore(change.getInstant())) {
        return time;
      }
      from = change.getInstant();
      inclusive = true;
    }
    return null;
  }

  /** The first time after another by the hands of the clock. */
  private @Nullable Instant named(Instant after) {
    LocalDateTime local = LocalDateTime.ofInstant(after, zone);
    // In the second of two equal hours the hands are back where they were; beyond a gap, a time in
    // it may still be to come.
    ZoneOffsetTransition change = zone.getRules().previousTransition(after.plusSeconds(1));
    if (change != null && local.isBefore(later(change).plusSeconds(1))) {
      local = earlier(change).minusSeconds(1);
    }
    LocalDateTime next = after(local);
    while (next != null) {
      Instant time = instant(next);
      if (time.isAfter(after)) {
        return time;
      }
      next = after(next);
    }
    return null;
  }

  private static LocalDateTime later(ZoneOffsetTransition change) {
    return change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
  }

  private static LocalDateTime earlier(ZoneOffsetTransition change) {
    return change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
  }

  private Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
  }

  private @Nullable LocalDateTime after(LocalDateTime local) {
    Date from = Date.from(local.withNano(0).toInstant(ZoneOffset.UTC));
    LocalDateTime first = null;
    for (CronExpression expression : expressions) {
      Date next = expression.getTimeAfter(from);
      if (next != null) {
        LocalDateTime time = LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
        first = first == null || time.isBefore(first) ? time : first;
      }
    }
    return first;
  }
}
