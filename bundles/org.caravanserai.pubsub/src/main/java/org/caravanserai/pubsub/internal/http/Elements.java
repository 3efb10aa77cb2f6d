package org.caravanserai.pubsub.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravanserai.api.ServiceException;

/** The elements of a request; null is the same as absent. */
record Elements(JsonNode json) {

  private static final int MOST = 10_000;

  String text(String name, String usual) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return usual;
    }
    if (!value.isTextual()) {
      throw wrong(name, "expected a text");
    }
    return value.textValue();
  }

  long number(String name, long usual, long min, long max) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return usual;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw wrong(name, "expected a whole number from " + min + " to " + max);
    }
    return value.longValue();
  }

  /** A time in seconds, with decimals if need be, in milliseconds; 0 if absent. */
  long millis(String name, int maxSeconds) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return 0;
    }
    BigDecimal seconds = value.isNumber() ? value.decimalValue() : BigDecimal.valueOf(-1);
    if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(maxSeconds)) > 0) {
      throw wrong(name, "expected seconds from 0 to " + maxSeconds);
    }
    return seconds.movePointRight(3).longValue();
  }

  Optional<List<String>> texts(String name) {
    JsonNode value = json.path(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isArray() || value.isEmpty() || value.size() > MOST) {
      throw wrong(name, "expected a list of 1 to " + MOST + " texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw wrong(name, "expected a list of texts");
      }
      texts.add(each.textValue());
    }
    return Optional.of(texts);
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static ServiceException wrong(String name, String reason) {
    return new ServiceException(400, name + ": " + reason);
  }
}
