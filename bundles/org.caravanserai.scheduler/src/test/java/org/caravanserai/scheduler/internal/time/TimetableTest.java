package org.caravanserai.scheduler.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The times of jobs, in Berlin above all: on 29 March 2026 2:00 to 3:00 is left out there, on 25
 * October 2026 it comes twice.
 */
class TimetableTest {

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BERLIN = "Europe/Berlin";

  private static Timetable cron(String expression, String zone) throws BadTiming {
    return Timetable.of(
        new Timing(
            JobType.CRON_STYLE,
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            0,
            Optional.of(expression),
            Optional.of(zone)));
  }

  private static Timetable interval(
      String start, int weeks, int days, int hours, int minutes, int seconds, String zone)
      throws BadTiming {
    return Timetable.of(
        new Timing(
            JobType.INTERVAL_BASED,
            Optional.ofNullable(start),
            weeks,
            days,
            hours,
            minutes,
            seconds,
            0,
            Optional.empty(),
            Optional.ofNullable(zone)));
  }

  private static Timetable once(String start) throws BadTiming {
    return Timetable.of(
        new Timing(
            JobType.ONE_TIME,
            Optional.ofNullable(start),
            0,
            0,
            0,
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty()));
  }

  private static List<String> next(Timetable timetable, String after, int count) {
    return timetable.preview(MADE, Instant.parse(after), count).stream()
        .map(Instant::toString)
        .toList();
  }

  @Test
  void fiveFieldsAreThoseOfUnix() throws BadTiming {
    assertThat(next(cron("30 9 * * 1-5", "UTC"), "2026-01-02T10:00:00Z", 2))
        .containsExactly("2026-01-05T09:30:00Z", "2026-01-06T09:30:00Z");
    assertThat(next(cron("*/20 8-9 * jan MON", "UTC"), "2026-01-05T08:30:00Z", 3))
        .containsExactly("2026-01-05T08:40:00Z", "2026-01-05T09:00:00Z", "2026-01-05T09:20:00Z");
  }

  @Test
  void zeroAndSevenAreSunday() throws BadTiming {
    for (String sunday : List.of("0", "7", "SUN", "0,7")) {
      assertThat(next(cron("0 0 * * " + sunday, "UTC"), "2026-01-01T00:00:00Z", 2))
          .as(sunday)
          .containsExactly("2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z");
    }
    assertThat(next(cron("0 0 * * 6-7", "UTC"), "2026-01-01T00:00:00Z", 3))
        .containsExactly("2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z", "2026-01-10T00:00:00Z");
    assertThat(next(cron("0 0 * * SAT-SUN", "UTC"), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z");
  }

  @Test
  void ofTwoRestrictedDaysEitherWillDo() throws BadTiming {
    assertThat(next(cron("0 0 13 * 5", "UTC"), "2026-01-01T00:00:00Z", 4))
        .containsExactly(
            "2026-01-02T00:00:00Z",
            "2026-01-09T00:00:00Z",
            "2026-01-13T00:00:00Z",
            "2026-01-16T00:00:00Z");
  }

  @Test
  void sixAndSevenFieldsAreThoseOfQuartz() throws BadTiming {
    assertThat(next(cron("15 0 12 L * ?", "UTC"), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-01-31T12:00:15Z", "2026-02-28T12:00:15Z");
    assertThat(next(cron("0 0 12 ? * 6#3 2026", "UTC"), "2026-11-01T00:00:00Z", 5))
        .containsExactly("2026-11-20T12:00:00Z", "2026-12-18T12:00:00Z");
  }

  @Test
  void aNamedHourThatIsLeftOutIsTheMomentOfTheChange() throws BadTiming {
    assertThat(next(cron("30 2 * * *", BERLIN), "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(next(cron("30 2 * * *", BERLIN), "2026-03-29T01:00:00Z", 1))
        .as("after it has run")
        .containsExactly("2026-03-30T00:30:00Z");
  }

  @Test
  void aNamedHourThatComesTwiceIsItsFirst() throws BadTiming {
    assertThat(next(cron("30 2 * * *", BERLIN), "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(next(cron("30 2 * * *", BERLIN), "2026-10-25T01:10:00Z", 1))
        .as("in the second of the two hours")
        .containsExactly("2026-10-26T01:30:00Z");
  }

  @Test
  void everyHourFollowsTheTimeThatPasses() throws BadTiming {
    assertThat(next(cron("30 * * * *", BERLIN), "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    assertThat(next(cron("30 * * * *", BERLIN), "2026-10-25T00:00:00Z", 3))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    assertThat(next(cron("0 0 * * * ?", BERLIN), "2026-10-25T00:00:00Z", 3))
        .containsExactly("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
  }

  @Test
  void intervalsAreCountedFromTheStartAndDaysAreOfTheCalendar() throws BadTiming {
    assertThat(
            next(interval("2026-03-28 08:00:00", 0, 1, 0, 0, 0, BERLIN), "2026-03-28T09:00:00Z", 2))
        .containsExactly("2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
    assertThat(
            next(
                interval("2026-03-28 08:00:00", 0, 0, 24, 0, 0, BERLIN), "2026-03-28T09:00:00Z", 2))
        .containsExactly("2026-03-29T08:00:00Z", "2026-03-30T08:00:00Z");
    assertThat(
            next(interval("2026-10-24 08:00:00", 0, 1, 0, 0, 0, BERLIN), "2026-10-24T09:00:00Z", 2))
        .containsExactly("2026-10-25T09:00:00Z", "2026-10-26T09:00:00Z");
    assertThat(
            next(interval("2030-01-01 00:00:00", 1, 0, 0, 0, 0, null), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2030-01-01T00:00:00Z", "2030-01-08T00:00:00Z");
  }

  @Test
  void anIntervalWithoutAStartIsCountedFromWhenItWasMade() throws BadTiming {
    assertThat(next(interval(null, 0, 0, 0, 10, 0, null), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-01-01T00:10:00Z", "2026-01-01T00:20:00Z");
    assertThat(next(interval(null, 0, 0, 0, 10, 0, null), "2025-12-31T00:00:00Z", 1))
        .containsExactly("2026-01-01T00:10:00Z");
  }

  @Test
  void oneTimeIsInUtcUnlessItSaysOtherwise() throws BadTiming {
    assertThat(next(once("2026-07-01 09:00:00"), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-07-01T09:00:00Z");
    assertThat(next(once("2026-07-01 09:00:00 Europe/Berlin"), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-07-01T07:00:00Z");
    assertThat(next(once("2026-07-01 09:00:00+02:00"), "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-07-01T07:00:00Z");
    assertThat(next(once("2026-07-01T09:00:00Z"), "2026-07-01T09:00:00Z", 2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 30 2 *|no such day",
        "0 0 31 4,6 *|no such day",
        "0 0 0 30 2 ?|no such day",
        "61 * * * *|`61` is no minute: 0 to 59",
        "* 24 * * *|`24` is no hour: 0 to 23",
        "* * 0 * *|`0` is no day of the month",
        "* * * 13 *|`13` is no month",
        "* * * * 8|`8` is no day of the week: 0 to 7",
        "5-1 * * * *|`5-1` is no minute",
        "*/0 * * * *|`*/0` is no minute",
        "-1 * * * *|`-1` is no minute",
        "1,, * * * *|`` is no minute",
        "99999999999 * * * *|no minute",
        "* * * *|expected 5 fields",
        "* * * * * * * *|expected 5 fields",
        "0 0 25 * * ?|makes no sense",
        "0 99 * * * ?|99 is too much",
        "98 0 * * * ?|98 is too much",
        "0 0 1/100 * * ? 2098|100 is too much",
        "never at all in life|no minute",
        "* * */2 * 1|don't go together",
      })
  void badExpressionsAreTold(String expression, String words) {
    assertThatThrownBy(() -> cron(expression, "UTC"))
        .isInstanceOfSatisfying(
            BadTiming.class, e -> assertThat(e.field()).isEqualTo("cron_definition"))
        .hasMessageContaining(words);
  }

  @Test
  void otherNonsenseIsTold() {
    assertThatThrownBy(() -> cron("* * * * *", "Mars/Olympus"))
        .hasMessageContaining("unknown time zone `Mars/Olympus`");
    assertThatThrownBy(() -> once("2026-02-30 00:00:00")).hasMessageContaining("expected a time");
    assertThatThrownBy(() -> once("tomorrow")).hasMessageContaining("expected a time");
    assertThatThrownBy(() -> once("2026-02-20 00:00:00 Mars/Olympus"))
        .hasMessageContaining("unknown time zone");
    assertThatThrownBy(() -> once(null)).hasMessageContaining("says when");
    assertThatThrownBy(() -> interval(null, 0, 0, 0, 0, 0, null)).hasMessageContaining("all are 0");
    assertThatThrownBy(() -> interval(null, 0, -1, 0, 0, 0, null))
        .hasMessageContaining("less than none");
    assertThatThrownBy(() -> interval(null, Integer.MAX_VALUE, 0, 0, 0, 0, null))
        .hasMessageContaining("a hundred years");
  }

  @Property(tries = 300)
  void timesGrowAndNoneIsLeftOut(
      @ForAll @IntRange(max = 3) int days,
      @ForAll @IntRange(min = 1, max = 100_000) int seconds,
      @ForAll @LongRange(min = 1_760_000_000L, max = 1_800_000_000L) long after)
      throws BadTiming {
    Timetable timetable = interval("2026-01-01 00:00:00", 0, days, 0, 0, seconds, BERLIN);
    List<Instant> times = timetable.preview(MADE, Instant.ofEpochSecond(after), 50);

    assertThat(times)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(time -> time.getEpochSecond() > after);
    for (Instant time : times) {
      assertThat(timetable.times(MADE).next(time.minusMillis(1))).contains(time);
    }
  }

  @Property(tries = 300)
  void expressionsNeverGoBackOrStandStill(
      @ForAll @IntRange(max = 59) int minute,
      @ForAll @IntRange(min = -1, max = 23) int hour,
      @ForAll @LongRange(min = 1_760_000_000L, max = 1_800_000_000L) long after)
      throws BadTiming {
    Timetable timetable = cron(minute + " " + (hour < 0 ? "*" : hour) + " * * *", BERLIN);
    List<Instant> times = timetable.preview(MADE, Instant.ofEpochSecond(after), 30);

    assertThat(times).hasSize(30).isSorted().doesNotHaveDuplicates();
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isBetween(
              hour < 0 ? Duration.ofHours(1) : Duration.ofHours(22),
              hour < 0 ? Duration.ofHours(1) : Duration.ofHours(26));
    }
  }
}
