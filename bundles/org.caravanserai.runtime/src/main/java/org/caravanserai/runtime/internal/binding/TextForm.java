package org.caravanserai.runtime.internal.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what JSON can only say as text, such as dates, from text and from nothing else. */
final class TextForm extends Required {

  private static final long serialVersionUID = 1L;

  private static final int ISO_DATE_LENGTH = 10;
  private static final String OFFSET = "a date and time with offset such as 2026-01-31T13:45:00Z";

  private static final Map<Class<?>, String> EXPECTED =
      Map.ofEntries(
          Map.entry(LocalDate.class, "a date such as 2026-01-31"),
          Map.entry(LocalTime.class, "a time such as 13:45:00"),
          Map.entry(LocalDateTime.class, "a date and time such as 2026-01-31T13:45:00"),
          Map.entry(OffsetDateTime.class, OFFSET),
          Map.entry(ZonedDateTime.class, OFFSET),
          Map.entry(Instant.class, OFFSET),
          Map.entry(OffsetTime.class, "a time with offset such as 13:45:00+01:00"),
          Map.entry(Duration.class, "a duration such as PT1H30M"),
          Map.entry(Period.class, "a period such as P1M10D"),
          Map.entry(Year.class, "a year such as 2026, as text"),
          Map.entry(YearMonth.class, "a month such as 2026-01"),
          Map.entry(MonthDay.class, "a day such as --01-31"),
          Map.entry(ZoneId.class, "a time zone such as Europe/Prague"),
          Map.entry(ZoneOffset.class, "a time offset such as +01:00"),
          Map.entry(UUID.class, "a UUID"),
          Map.entry(URI.class, "a URI"),
          Map.entry(URL.class, "a URL"),
          Map.entry(Locale.class, "a language tag such as en-GB"),
          Map.entry(Currency.class, "a currency code such as EUR"));

  private final String expected;

  private TextForm(JsonDeserializer<?> reader, String expected) {
    super(reader);
    this.expected = expected;
  }

  /** The reader for a class of that sort, {@code null} if it is none. */
  static @Nullable TextForm of(Class<?> type, JsonDeserializer<?> reader) {
    String expected = EXPECTED.get(type);
    return expected == null ? null : new TextForm(reader, expected);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
    return new TextForm(reader, expected);
  }

  /** A bare number would become seconds since 1970, a date and time lose its time. */
  private boolean isTakenForAnother(String text) {
    return expected.equals(OFFSET)
        ? text.indexOf('-', 1) < 0
        : handledType() == LocalDate.class && text.indexOf('T') == ISO_DATE_LENGTH;
  }

  @Override
  public Object deserialize(JsonParser source, DeserializationContext context) throws IOException {
    if (!source.hasToken(JsonToken.VALUE_STRING)) {
      throw Misfit.expected(expected, source);
    }
    String text = source.getText();
    if (text.isBlank() || isTakenForAnother(text)) {
      throw new Misfit(source, "expected " + expected);
    }
    Object value;
    try {
      value = super.deserialize(source, context);
    } catch (StreamReadException malformed) {
      throw malformed;
    } catch (IOException | RuntimeException otherText) {
      throw new Misfit(source, "expected " + expected);
    }
    if (value == null) {
      throw new Misfit(source, "expected " + expected);
    }
    return value;
  }
}
