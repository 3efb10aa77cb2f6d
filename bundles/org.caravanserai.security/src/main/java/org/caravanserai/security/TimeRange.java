package org.caravanserai.security;

import java.util.Optional;
import org.caravanserai.spi.Field;

/**
 * How many requests may come at some time of the day, in the server's time zone.
 *
 * @param isAllDay whether it holds at any time
 * @param timeFrom when it begins
 * @param timeTo when it ends; if that is not after its beginning, on the next day
 * @param limit how many requests may come in a unit of time
 * @param limitUnit the unit of time
 * @param rate how many requests a second may come in the long run
 * @param burst how many may come at once
 * @param disabled whether there is no limit at this time
 * @param disallowed whether nobody may come at this time
 */
public record TimeRange(
    @Field(help = "Whether it holds at any time; it does if no times are given.")
        Optional<Boolean> isAllDay,
    @Field(help = "When it begins, HH:MM in the server's time zone.") Optional<String> timeFrom,
    @Field(help = "When it ends, HH:MM; on the next day if that is not later.")
        Optional<String> timeTo,
    @Field(help = "How many requests may come in a unit of time.", min = 0) Optional<Long> limit,
    @Field(help = "The unit of time, of the calendar.", defaultValue = "minute") Unit limitUnit,
    @Field(help = "How many requests a second may come in the long run.", min = 0)
        Optional<Double> rate,
    @Field(help = "How many may come at once; the rate if absent.", min = 1) Optional<Long> burst,
    @Field(help = "Whether there is no limit at this time.", defaultValue = "false")
        boolean disabled,
    @Field(
            help = "Whether nobody may come at this time: connections are cut off unanswered.",
            defaultValue = "false")
        boolean disallowed) {

  /** A unit of time, of the calendar: it begins when the clock says so. */
  public enum Unit {
    /** A second. */
    SECOND,
    /** A minute. */
    MINUTE,
    /** An hour. */
    HOUR,
    /** A day, in the server's time zone. */
    DAY,
    /** A month, in the server's time zone. */
    MONTH
  }
}
