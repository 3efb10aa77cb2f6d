package org.caravanserai.scheduler.internal.kind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.ServiceSchemas;
import org.caravanserai.scheduler.internal.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Whether a payload fits what a service takes, by the parts of JSON Schema (2020-12, section 6) by
 * which most mistakes show: types, members that are missing, choices. The service has the last word
 * when it is called.
 */
final class PayloadCheck {

  private static final String REFERENCE = "#/components/schemas/";
  private static final int DEPTH = 50;

  private final Map<String, JsonNode> types;

  private PayloadCheck(Map<String, JsonNode> types) {
    this.types = types;
  }

  /**
   * What does not fit; empty if nothing is known to.
   *
   * @param schemas those of the service; empty if it is not deployed
   */
  static Optional<String> misfit(Optional<ServiceSchemas> schemas, Optional<String> payload) {
    if (schemas.isEmpty() || schemas.get().input().isEmpty()) {
      return Optional.empty();
    }
    JsonNode document = Texts.json(payload.orElse("{}"));
    JsonNode schema = schemas.get().input().get();
    PayloadCheck check = new PayloadCheck(schemas.get().types());
    if (document == null) {
      // A text is what services of text and bytes take.
      JsonNode known = check.resolved(schema);
      return known.path("type").asText().equals("object")
              && !known.path("properties").isMissingNode()
          ? Optional.of("expected JSON")
          : Optional.empty();
    }
    if (check.resolved(schema).path("type").asText().equals("string")) {
      return Optional.empty();
    }
    return Optional.ofNullable(check.check(document, schema, "", 0));
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    if (reference.isTextual() && reference.asText().startsWith(REFERENCE)) {
      JsonNode named = types.get(reference.asText().substring(REFERENCE.length()));
      return named == null ? schema : named;
    }
    return schema;
  }

  private @Nullable String check(JsonNode value, JsonNode given, String path, int depth) {
    JsonNode schema = resolved(given);
    if (depth > DEPTH) {
      return null;
    }
    String where = path.isEmpty() ? "/" : path;
    JsonNode choices = schema.path("enum");
    if (choices.isArray() && value.isTextual()) {
      boolean found = false;
      for (JsonNode choice : choices) {
        found |= choice.equals(value);
      }
      if (!found) {
        return where + ": expected one of " + choices + ", found " + value;
      }
    }
    String type = schema.path("type").asText("");
    if (!type.isEmpty() && !isOf(value, type)) {
      return where + ": expected " + type + ", found " + value.getNodeType();
    }
    for (JsonNode name : schema.path("required")) {
      if (value.isObject() && value.path(name.asText()).isMissingNode()) {
        return path + "/" + name.asText() + ": missing";
      }
    }
    String wrong = null;
    for (var member : schema.path("properties").properties()) {
      JsonNode inner = value.path(member.getKey());
      if (wrong == null && !inner.isMissingNode() && !inner.isNull()) {
        wrong = check(inner, member.getValue(), path + "/" + member.getKey(), depth + 1);
      }
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size() && wrong == null; i++) {
        wrong = check(value.get(i), schema.get("items"), path + "/" + i, depth + 1);
      }
    }
    return wrong;
  }

  private static boolean isOf(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isNumber() && isWhole(value);
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private static boolean isWhole(JsonNode value) {
    return value.decimalValue().stripTrailingZeros().scale() <= 0;
  }
}
