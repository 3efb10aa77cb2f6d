package org.caravanserai.management;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A field of what a service takes or returns, for a table of them.
 *
 * @param path where it is: names with dots, {@code []} behind that of a list, {@code *} for any key
 *     of a map; empty for the whole if it is no object
 * @param type what it is, in words
 * @param isRequired whether it must be there
 * @param description what is said of it, in Markdown; empty if nothing is
 */
public record ServiceField(String path, String type, boolean isRequired, String description) {

  /**
   * The fields of a schema and of what is in them, in their order.
   *
   * @param schema the schema, as {@link ServiceAnswer} has it
   */
  public static List<ServiceField> of(JsonNode schema) {
    List<ServiceField> fields = new ArrayList<>();
    new Walk(schema.path("$defs"), fields).add("", schema, true, true);
    return fields;
  }

  /** A walk through a schema, which goes into no type within itself. */
  private record Walk(JsonNode types, List<ServiceField> fields, Set<String> entered) {

    private static final String REFERENCE = "$ref";
    private static final String TYPES = "#/$defs/";

    Walk(JsonNode types, List<ServiceField> fields) {
      this(types, fields, new HashSet<>());
    }

    void add(String path, JsonNode declared, boolean isRequired, boolean isRoot) {
      JsonNode schema = withoutNull(declared);
      JsonNode known = resolved(schema);
      boolean hasMembers = known.path("properties").isObject();
      if (!isRoot || !hasMembers) {
        String text = declared.path("description").asText();
        fields.add(new ServiceField(path, words(schema), isRequired, text));
      }
      String name = schema.path(REFERENCE).asText();
      if (!name.isEmpty() && !entered.add(name)) {
        return;
      }
      if (hasMembers) {
        Set<String> required =
            StreamSupport.stream(known.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        for (Map.Entry<String, JsonNode> member : known.path("properties").properties()) {
          String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
          add(at, member.getValue(), required.contains(member.getKey()), false);
        }
      }
      inside(path + "[]", known.path("items"));
      inside(path.isEmpty() ? "*" : path + ".*", known.path("additionalProperties"));
      entered.remove(name);
    }

    /** What is in a list or map, if that has fields: all else is told with the list. */
    private void inside(String path, JsonNode item) {
      if (item.has("items") || item.has("additionalProperties") || item.has(REFERENCE)) {
        int before = fields.size();
        add(path, item, true, true);
        if (fields.size() > before && fields.get(before).path().equals(path)) {
          fields.remove(before);
        }
      }
    }

    private static JsonNode withoutNull(JsonNode schema) {
      return schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
    }

    private JsonNode resolved(JsonNode schema) {
      String reference = schema.path(REFERENCE).asText();
      return reference.startsWith(TYPES) ? types.path(reference.substring(TYPES.length())) : schema;
    }

    private String words(JsonNode schema) {
      if (schema.has(REFERENCE)) {
        return "object";
      }
      if (schema.has("enum")) {
        return StreamSupport.stream(schema.path("enum").spliterator(), false)
            .filter(each -> !each.isNull())
            .map(JsonNode::asText)
            .collect(Collectors.joining(", ", "one of ", ""));
      }
      JsonNode type = schema.path("type");
      String name = type.isArray() ? type.path(0).asText() : type.asText();
      String format = schema.path("format").asText();
      return switch (name) {
        case "" -> "any";
        case "array" -> "list of " + words(withoutNull(schema.path("items")));
        case "object" ->
            schema.has("additionalProperties")
                ? "map of " + words(withoutNull(schema.path("additionalProperties")))
                : name;
        default -> format.isEmpty() ? name : name + " (" + format + ")";
      };
    }
  }
}
