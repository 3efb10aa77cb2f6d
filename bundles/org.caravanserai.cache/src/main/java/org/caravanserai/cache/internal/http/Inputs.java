package org.caravanserai.cache.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.api.ServiceException;
import org.caravanserai.cache.internal.GuestDesk;

/**
 * What a caller sent: members of a JSON object in the body, or else parameters of the query.
 *
 * @param body the body
 * @param query the parameters
 */
record Inputs(JsonNode body, Map<String, List<String>> query) {

  private static final int MOST_TEXTS = 1000;

  /**
   * Reads them.
   *
   * @throws ServiceException with status 400 if the body is no JSON object
   */
  static Inputs of(byte[] body, Map<String, List<String>> query) {
    if (body.length == 0) {
      return new Inputs(MissingNode.getInstance(), query);
    }
    JsonNode json = GuestDesk.parse(body);
    if (!json.isObject()) {
      throw new ServiceException(400, "expected a JSON object");
    }
    return new Inputs(json, query);
  }

  /** The value that is to be kept. */
  JsonNode value() {
    return body.path("value");
  }

  private Optional<JsonNode> member(String name) {
    JsonNode member = body.path(name);
    return member.isMissingNode() || member.isNull() ? Optional.empty() : Optional.of(member);
  }

  private Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(values -> values.get(values.size() - 1));
  }

  Optional<String> text(String name) {
    return member(name)
        .map(
            member -> {
              if (!member.isTextual()) {
                throw new ServiceException(400, name + ": expected a text");
              }
              return member.textValue();
            })
        .or(() -> parameter(name));
  }

  boolean flag(String name) {
    String value = member(name).map(JsonNode::asText).or(() -> parameter(name)).orElse("false");
    return switch (value) {
      case "true", "" -> true;
      case "false" -> false;
      default -> throw new ServiceException(400, name + ": expected true or false");
    };
  }

  /** How long, in seconds, with decimals if need be. */
  Optional<Duration> expiry() {
    Optional<String> text = member("expiry").map(JsonNode::asText).or(() -> parameter("expiry"));
    return text.map(
        number -> {
          try {
            BigDecimal seconds = new BigDecimal(number);
            if (seconds.signum() >= 0 && seconds.precision() - seconds.scale() <= 12) {
              return Duration.ofMillis(seconds.movePointRight(3).longValue());
            }
          } catch (NumberFormatException e) {
            // Told below, with what is out of range.
          }
          throw new ServiceException(400, "expiry: expected a number of seconds, 0 for ever");
        });
  }

  /** Texts that keys hold. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    JsonNode data = body.path("data");
    for (JsonNode each : data) {
      texts.add(each.isTextual() ? each.textValue() : "");
    }
    texts.addAll(query.getOrDefault("data", List.of()));
    if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.contains("")) {
      throw new ServiceException(400, "data: expected a list of 1 to " + MOST_TEXTS + " texts");
    }
    return texts;
  }
}
