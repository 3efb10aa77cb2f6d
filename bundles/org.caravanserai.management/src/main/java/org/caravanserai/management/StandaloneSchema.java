package org.caravanserai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A schema of a service that refers to nothing outside of itself. */
final class StandaloneSchema {

  private static final String FROM = "#/components/schemas/";

  /** How a reference to one of its types begins. */
  static final String TYPES = "#/$defs/";

  private static final String REFERENCE = "$ref";

  private StandaloneSchema() {}

  /**
   * The schema with the types that it refers to in {@code $defs}.
   *
   * @param types all that there are, by name
   */
  static JsonNode of(JsonNode schema, Map<String, JsonNode> types) {
    Map<String, JsonNode> used = new TreeMap<>();
    JsonNode root = copy(schema, types, used);
    if (root instanceof ObjectNode object && !used.isEmpty()) {
      object.putObject("$defs").setAll(used);
    }
    return root;
  }

  private static JsonNode copy(
      JsonNode schema, Map<String, JsonNode> types, Map<String, JsonNode> used) {
    JsonNode copy = schema.deepCopy();
    for (JsonNode each : copy.findParents(REFERENCE)) {
      String name = named(each.get(REFERENCE));
      if (name != null) {
        ((ObjectNode) each).put(REFERENCE, TYPES + name);
        if (!used.containsKey(name) && types.containsKey(name)) {
          used.put(name, schema);
          used.put(name, copy(types.get(name), types, used));
        }
      }
    }
    return copy;
  }

  private static @Nullable String named(JsonNode reference) {
    String text = reference.asText();
    return text.startsWith(FROM) ? text.substring(FROM.length()) : null;
  }
}
