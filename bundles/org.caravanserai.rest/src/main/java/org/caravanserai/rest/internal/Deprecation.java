package org.caravanserai.rest.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.caravanserai.http.TrafficExchange;
import org.caravanserai.spi.InvalidObjectException;
import org.jspecify.annotations.Nullable;

/**
 * What callers of a deprecated channel are told.
 *
 * @param deprecation the header {@code Deprecation} (RFC 9745)
 * @param sunset the header {@code Sunset} (RFC 8594)
 * @param link the header {@code Link} to the successor (RFC 5829)
 */
record Deprecation(String deprecation, @Nullable String sunset, @Nullable String link) {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** What a channel says; {@code null} if it is not deprecated. */
  static @Nullable Deprecation of(RestChannel channel) {
    if (!channel.isDeprecated()) {
      return null;
    }
    Instant since = channel.deprecationDate().map(Deprecation::time).orElse(Instant.EPOCH);
    return new Deprecation(
        "@" + since.getEpochSecond(),
        channel.deprecationSunset().map(text -> HTTP_DATE.format(time(text))).orElse(null),
        channel
            .deprecationSuccessor()
            .map(address -> "<" + address + ">; rel=\"successor-version\"")
            .orElse(null));
  }

  /** Refuses what is no time or address. */
  static void validate(RestChannel channel) throws InvalidObjectException {
    checkTime("deprecation_date", channel.deprecationDate());
    checkTime("deprecation_sunset", channel.deprecationSunset());
    String successor = channel.deprecationSuccessor().orElse("/");
    try {
      URI address = new URI(successor);
      if (address.isOpaque()
          || successor.chars().anyMatch(c -> c > '~')
          || !(successor.startsWith("/") || address.isAbsolute())) {
        throw new URISyntaxException(successor, "no address");
      }
    } catch (URISyntaxException e) {
      throw new InvalidObjectException(
          "deprecation_successor", "expected an address, or a path that starts with /");
    }
  }

  private static void checkTime(String field, Optional<String> text) throws InvalidObjectException {
    try {
      if (text.isPresent()) {
        Instant unused = time(text.get());
      }
    } catch (DateTimeException e) {
      throw new InvalidObjectException(
          field, "expected a date such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z");
    }
  }

  /** A time with offset; of a date its begin in UTC. */
  private static Instant time(String text) {
    return text.indexOf('T') > 0
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Tells it with an answer. */
  void apply(TrafficExchange exchange) {
    exchange.setHeader("Deprecation", deprecation);
    if (sunset != null) {
      exchange.setHeader("Sunset", sunset);
    }
    if (link != null) {
      exchange.setHeader("Link", link);
    }
  }
}
