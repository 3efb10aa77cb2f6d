package org.caravanserai.management.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request's query; not its {@code getParameter()}, which would read a form's
 * body.
 */
final class Query {

  private final Map<String, String> values = new HashMap<>();

  private Query() {}

  /**
   * Reads the query.
   *
   * @throws Problem 400 if it is not percent-encoded right
   */
  static Query of(HttpServletRequest request) throws Problem {
    Query query = new Query();
    String text = request.getQueryString();
    for (String pair : text == null ? new String[0] : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      query.values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
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
}
