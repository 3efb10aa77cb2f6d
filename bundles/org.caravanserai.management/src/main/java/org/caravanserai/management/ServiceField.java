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
   * The fields of a schema and of what is in them, in their order: the first thousand.
   *
   * @param schema the schema, as {@link ServiceAnswer} has it
   */
  public static List<ServiceField> of(JsonNode schema) {
    List<ServiceField> fields = new ArrayList<>();
    Walk walk = new Walk(schema.path("$defs"), fields);
    if (walk.resolved(schema).has("properties")) {
      walk.inside("", schema);
    } else {
      walk.add("", schema, true);
    }
    return fields;
  }

  /** A walk through a schema, which goes into no type within itself. */
  private record Walk(JsonNode types, List<ServiceField> fields, Set<String> entered) {

    /** Types that refer to each other in all ways have more fields than anybody reads. */
    private static final int MOST = 1000;

    private static final String REFERENCE = "$ref";

    Walk(JsonNode types, List<ServiceField> fields) {
      this(types, fields, new HashSet<>());
    }

    void add(String path, JsonNode schema, boolean isRequired) {
      if (fields.size() >= MOST) {
        return;
      }
      String text = schema.path("description").asText();
      fields.add(new ServiceField(path, words(withoutNull(schema)), isRequired, text));
      inside(path, schema);
    }

    void inside(String path, JsonNode declared) {
      JsonNode schema = withoutNull(declared);
      String name = schema.path(REFERENCE).asText();
      boolean isEnd = schema.isMissingNode() || fields.size() >= MOST;
      if (isEnd || (!name.isEmpty() && !entered.add(name))) {
        return;
      }
      JsonNode known = resolved(schema);
      Set<String> required =
          StreamSupport.stream(known.path("required").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.toSet());
      String prefix = path.isEmpty() ? "" : path + ".";
      for (Map.Entry<String, JsonNode> member : known.path("properties").properties()) {
        add(prefix + member.getKey(), member.getValue(), required.contains(member.getKey()));
      }
      inside(path + "[]", known.path("items"));
      inside(prefix + "*", known.path("additionalProperties"));
      entered.remove(name);
    }

    private static JsonNode withoutNull(JsonNode schema) {
      return schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
    }

    private JsonNode resolved(JsonNode schema) {
      String reference = schema.path(REFERENCE).asText();
      return reference.startsWith(StandaloneSchema.TYPES)
          ? types.path(reference.substring(StandaloneSchema.TYPES.length()))
          : schema;
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
