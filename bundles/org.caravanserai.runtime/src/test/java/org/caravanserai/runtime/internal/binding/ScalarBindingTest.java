package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.runtime.internal.binding.Bound.complaint;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarBindingTest {

  enum Colour {
    RED,
    GREEN,
    @JsonProperty("sky-blue")
    BLUE
  }

  record Scalars(
      Optional<Byte> b,
      Optional<Short> s,
      Optional<Integer> i,
      Optional<Long> l,
      Optional<BigInteger> big,
      Optional<Float> f,
      Optional<Double> d,
      Optional<BigDecimal> dec,
      Optional<Number> num,
      Optional<Boolean> bool,
      Optional<Character> c,
      Optional<String> text,
      Optional<Colour> colour,
      Optional<byte[]> bytes,
      OptionalInt oi,
      OptionalDouble od,
      Optional<LocalDate> date,
      Optional<LocalTime> time,
      Optional<LocalDateTime> dateTime,
      Optional<OffsetDateTime> offset,
      Optional<ZonedDateTime> zoned,
      Optional<Instant> instant,
      Optional<Duration> duration,
      Optional<Period> period,
      Optional<Year> year,
      Optional<YearMonth> month,
      Optional<UUID> uuid,
      Optional<URI> uri,
      Optional<List<Integer>> list,
      Optional<Map<String, Integer>> map) {}

  private final Bound<Scalars> bound = Bound.to(Scalars.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b     | 128                  | out of range, expected a whole number from -128 to 127",
        "s     | -32769               | out of range, expected a whole number from -32768 to 32767",
        "i     | 2147483648           | out of range, expected a whole number from -2147483648 to 2147483647",
        "i     | 99999999999999999999 | out of range, expected a whole number from -2147483648 to 2147483647",
        "i     | 1.5                  | expected a whole number, got a number with a fraction",
        "i     | 1.0                  | expected a whole number, got a number with a fraction",
        "i     | 1e2                  | expected a whole number, got a number with a fraction",
        "i     | \"1\"                | expected a whole number, got text",
        "i     | \"\"                 | expected a whole number, got text",
        "i     | true                 | expected a whole number, got true",
        "i     | [1]                  | expected a whole number, got a list",
        "i     | {}                   | expected a whole number, got an object",
        "oi    | \"1\"                | expected a whole number, got text",
        "oi    | 1.5                  | expected a whole number, got a number with a fraction",
        "big   | 1.5                  | expected a whole number, got a number with a fraction",
        "f     | 1e39                 | out of range",
        "d     | 1e400                | out of range",
        "d     | \"1.5\"              | expected a number, got text",
        "d     | \"NaN\"              | expected a number, got text",
        "dec   | \"1.5\"              | expected a number, got text",
        "num   | \"1.5\"              | expected a number, got text",
        "bool  | 1                    | expected true or false, got a number",
        "bool  | \"true\"             | expected true or false, got text",
        "c     | \"ab\"               | expected a single character, got text",
        "c     | \"\"                 | expected a single character, got text",
        "text  | 1                    | expected text, got a number",
        "text  | 1.5                  | expected text, got a number with a fraction",
        "text  | true                 | expected text, got true",
        "text  | {}                   | expected text, got an object",
        "colour| \"YELLOW\"           | expected one of RED, GREEN, sky-blue, got text",
        "colour| \"red\"              | expected one of RED, GREEN, sky-blue, got text",
        "colour| \"BLUE\"             | expected one of RED, GREEN, sky-blue, got text",
        "colour| \"\"                 | expected one of RED, GREEN, sky-blue, got text",
        "colour| 0                    | expected one of RED, GREEN, sky-blue, got a number",
        "bytes | \"*\"                | expected bytes in Base64, got text",
        "bytes | [1,2]                | expected bytes in Base64, got a list",
        "date  | 20260131             | expected a date such as 2026-01-31, got a number",
        "date  | [2026,1,31]          | expected a date such as 2026-01-31, got a list",
        "date  | \"\"                 | expected a date such as 2026-01-31",
        "date  | \"2026-02-30\"       | expected a date such as 2026-01-31",
        "date  | \"2026-01-31T00:00:00Z\" | expected a date such as 2026-01-31",
        "time  | \"25:00\"            | expected a time such as 13:45:00",
        "instant | 0                  | expected a date and time with offset such as 2026-01-31T13:45:00Z, got a number",
        "instant | \"0\"              | expected a date and time with offset such as 2026-01-31T13:45:00Z",
        "instant | \"1767225600.5\"   | expected a date and time with offset such as 2026-01-31T13:45:00Z",
        "duration| 60                 | expected a duration such as PT1H30M, got a number",
        "duration| \"1h\"             | expected a duration such as PT1H30M",
        "year  | 2026                 | 'expected a year such as 2026, as text, got a number'",
        "uuid  | \"x\"                | expected a UUID",
        "uri   | \":\"                | expected a URI",
      })
  void whatDoesNotFitIsRefused(String name, String value, String words) {
    assertThat(complaint(() -> bound.json("{\"" + name + "\":" + value + "}")))
        .isEqualTo("/" + name + ": " + words);
  }

  @Test
  void whatFitsIsTaken() {
    String json =
        """
        {"b":-128,"s":32767,"i":-2147483648,"l":9223372036854775807,
         "big":123456789012345678901234567890,"f":1.5,"d":1,"dec":1.10,"num":3,"bool":false,
         "c":"x","text":"","colour":"sky-blue","bytes":"AQI=","oi":5,"od":2.5,
         "date":"2026-01-31","time":"13:45","dateTime":"2026-01-31T13:45:00",
         "offset":"2026-01-31T13:45:00+01:00","zoned":"2026-01-31T13:45:00+01:00",
         "instant":"2026-01-31T12:45:00Z","duration":"PT1H","period":"P1M","year":"2026",
         "month":"2026-01","uuid":"123e4567-e89b-12d3-a456-426614174000","uri":"http://a/b"}
        """;
    Scalars it = bound.json(json);
    assertThat(it.b()).contains((byte) -128);
    assertThat(it.s()).contains((short) 32767);
    assertThat(it.i()).contains(Integer.MIN_VALUE);
    assertThat(it.l()).contains(Long.MAX_VALUE);
    assertThat(it.big()).contains(new BigInteger("123456789012345678901234567890"));
    assertThat(it.f()).contains(1.5f);
    assertThat(it.d()).contains(1d);
    assertThat(it.dec()).contains(new BigDecimal("1.10"));
    assertThat(it.bool()).contains(false);
    assertThat(it.c()).contains('x');
    assertThat(it.text()).contains("");
    assertThat(it.colour()).contains(Colour.BLUE);
    assertThat(it.bytes().orElseThrow()).containsExactly(1, 2);
    assertThat(it.oi()).hasValue(5);
    assertThat(it.od()).hasValue(2.5);
    assertThat(it.date()).contains(LocalDate.of(2026, 1, 31));
    assertThat(it.time()).contains(LocalTime.of(13, 45));
    assertThat(it.offset()).contains(OffsetDateTime.parse("2026-01-31T13:45:00+01:00"));
    assertThat(it.instant()).contains(Instant.parse("2026-01-31T12:45:00Z"));
    assertThat(it.duration()).contains(Duration.ofHours(1));
    assertThat(it.period()).contains(Period.ofMonths(1));
    assertThat(it.year()).contains(Year.of(2026));
    assertThat(it.month()).contains(YearMonth.of(2026, 1));
    assertThat(it.uuid()).isPresent();
    assertThat(it.uri()).contains(URI.create("http://a/b"));
  }

  @Test
  void textFromOutsideBecomesWhatItMeans() {
    assertThat(bound.text("i", "-42").i()).contains(-42);
    assertThat(bound.text("b", "127").b()).contains((byte) 127);
    assertThat(bound.text("big", "12345678901234567890").big())
        .contains(new BigInteger("12345678901234567890"));
    assertThat(bound.text("d", "1.5e3").d()).contains(1500d);
    assertThat(bound.text("dec", "1.10").dec()).contains(new BigDecimal("1.10"));
    assertThat(bound.text("bool", "True").bool()).contains(true);
    assertThat(bound.text("bool", "off").bool()).contains(false);
    assertThat(bound.text("colour", "green").colour()).contains(Colour.GREEN);
    assertThat(bound.text("colour", "sky-blue").colour()).contains(Colour.BLUE);
    assertThat(bound.text("text", "12").text()).contains("12");
    assertThat(bound.text("date", "2026-01-31").date()).contains(LocalDate.of(2026, 1, 31));
    assertThat(bound.text("oi", "7").oi()).hasValue(7);
    assertThat(bound.text("list", "1", "2").list()).contains(List.of(1, 2));
    assertThat(bound.text("list", "1").list()).contains(List.of(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i      | 1.5       | expected a whole number, got text",
        "i      | 0x10      | expected a whole number, got text",
        "i      | ' 1'      | expected a whole number, got text",
        "i      | -         | expected a whole number, got text",
        "i      | 2147483648| out of range, expected a whole number from -2147483648 to 2147483647",
        "l      | 99999999999999999999 | out of range, expected a whole number from -9223372036854775808 to 9223372036854775807",
        "d      | 1e999     | out of range",
        "d      | NaN       | expected a number, got text",
        "d      | Infinity  | expected a number, got text",
        "bool   | yes       | expected true or false, got text",
        "colour | blue      | expected one of RED, GREEN, sky-blue, got text",
        "date   | tomorrow  | expected a date such as 2026-01-31",
        "map    | x         | expected an object, got text",
      })
  void textFromOutsideThatMeansNothingIsRefused(String name, String text, String words) {
    assertThat(complaint(() -> bound.text(name, text))).isEqualTo("/" + name + ": " + words);
  }

  @Test
  void emptyTextFromOutsideIsNoNumber() {
    assertThat(bound.text("i", "").i()).isEmpty();
    assertThat(bound.text("date", "").date()).isEmpty();
    assertThat(bound.text("text", "").text()).contains("");
  }

  @Test
  void oneValueIsWantedForWhatIsNoList() {
    assertThat(complaint(() -> bound.text("i", "1", "2")))
        .isEqualTo("/i: expected one value, got 2");
    assertThat(complaint(() -> bound.text("list", "1", "x")))
        .isEqualTo("/list/1: expected a whole number, got text");
  }

  @Test
  void aHugeNumberInTextCostsNothing() {
    assertThat(complaint(() -> bound.text("big", "9".repeat(1001))))
        .isEqualTo("/big: expected a whole number, got text");
    assertThat(bound.text("dec", "1e999999999").dec()).isPresent();
  }

  @Test
  void datesAndNumbersAreWrittenAsTheyAreRead() throws Exception {
    record Out(
        BigDecimal amount,
        LocalDate day,
        Instant at,
        OffsetDateTime offset,
        Duration length,
        Optional<Integer> none) {}
    assertThat(
            bound.write(
                new Out(
                    new BigDecimal("1.10"),
                    LocalDate.of(2026, 1, 31),
                    Instant.EPOCH,
                    OffsetDateTime.parse("2026-01-31T13:45:00+01:00"),
                    Duration.ofSeconds(90),
                    Optional.empty())))
        .isEqualTo(
            ("{'amount':1.10,'day':'2026-01-31','at':'1970-01-01T00:00:00Z',"
                    + "'offset':'2026-01-31T13:45:00+01:00','length':'PT1M30S','none':null}")
                .replace('\'', '"'));
  }
}
