package org.caravanserai.management.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's query; not its {@code getParameter()}, which would read a form's
 * body.
 */
final class Query {

  private final Map<String, String> values = new LinkedHashMap<>();

  private Query() {}

  /**
   * Reads a query.
   *
   * @param text the query as it was sent; {@code null} for none
   * @param known the parameters that may be in it
   * @throws Problem 400 if it is not percent-encoded right, or has another parameter
   */
  static Query of(@Nullable String text, List<QueryParameter> known) throws Problem {
    Query query = new Query();
    for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (known.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        String names = known.stream().map(QueryParameter::name).collect(Collectors.joining(", "));
        throw new Problem(
            400,
            names.isEmpty()
                ? "No parameter is taken here"
                : "The parameters that are taken here: " + names);
      }
      query.values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return query;
  }

  private static String decode(String text) throws Problem {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "The query is not percent-encoded right");
    }
  }

  /** A text; empty if it is absent or empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * Whether a switch is on.
   *
   * @throws Problem 400 if it is neither on nor off
   */
  boolean flag(String name) throws Problem {
    String value = values.getOrDefault(name, "false");
    return switch (value) {
      case "", "true" -> true;
      case "false" -> false;
      default -> throw new Problem(400, name + " is true or false");
    };
  }

  /**
   * A number.
   *
   * @throws Problem 400 if it is none, or out of range
   */
  int number(String name, int byDefault, int least, int greatest) throws Problem {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with what is out of range.
    }
    throw new Problem(400, "%s is a whole number from %d to %d".formatted(name, least, greatest));
  }

  /**
   * A time.
   *
   * @throws Problem 400 if it is none
   */
  Optional<Instant> time(String name) throws Problem {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.get()));
    } catch (DateTimeParseException e) {
      throw new Problem(400, name + " is a time in UTC such as 2026-01-31T12:00:00Z");
    }
  }

  /** All of it, for the audit. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(each -> each.getValue().isEmpty() ? each.getKey() : each.toString())
        .collect(Collectors.joining("&"));
  }
}
