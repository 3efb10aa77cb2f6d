package org.caravanserai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;

/** The docs of services for people, as one page of Markdown (CommonMark 0.31, with tables). */
public final class ServiceDocs {

  private ServiceDocs() {}

  /** The names of all services; the entrances of routes are none for others. */
  public static List<String> names(ServiceRegistry registry) {
    return registry.services().stream()
        .map(ServiceInfo::name)
        .filter(name -> name.indexOf('#') < 0)
        .toList();
  }

  /** The page of some services, in the order given. */
  public static String page(List<ServiceAnswer> services) {
    StringBuilder page = new StringBuilder("# Services\n");
    for (ServiceAnswer each : services) {
      page.append("\n## ").append(each.service().name()).append('\n');
      each.description().ifPresent(text -> page.append('\n').append(text).append('\n'));
      part("Input", each.inputSchema(), page);
      part("Output", each.outputSchema(), page);
      page.append("\n### Example\n\n```sh\nbin/serai invoke ").append(each.service().name());
      each.inputSchema()
          .map(Example::of)
          .ifPresent(input -> page.append(" '").append(shell(input)).append('\''));
      page.append("\n```\n");
    }
    return page.toString();
  }

  /** As it stands within single quotes of a shell (POSIX, 2.2.2). */
  private static String shell(JsonNode input) {
    return input.toString().replace("'", "'\\''");
  }

  private static void part(String title, Optional<JsonNode> schema, StringBuilder page) {
    page.append("\n### ").append(title).append("\n\n");
    List<ServiceField> fields = schema.map(ServiceField::of).orElse(List.of());
    if (fields.isEmpty()) {
      page.append("Nothing.\n");
      return;
    }
    page.append("| field | type | required | description |\n|---|---|---|---|\n");
    for (ServiceField each : fields) {
      page.append("| ")
          .append(each.path().isEmpty() ? "" : "`" + each.path() + "`")
          .append(" | ")
          .append(cell(each.type()))
          .append(" | ")
          .append(each.isRequired() ? "yes" : "no")
          .append(" | ")
          .append(cell(each.description()))
          .append(" |\n");
    }
  }

  /** A cell is one line, and ends at a bar. */
  private static String cell(String text) {
    return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
  }

  /** A document that fits a schema: with what is required only. */
  private static final class Example {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> TEXTS =
        Map.of(
            "date", "2026-01-31",
            "date-time", "2026-01-31T12:00:00Z",
            "duration", "PT30S",
            "uuid", "123e4567-e89b-12d3-a456-426614174000",
            "uri", "https://example.com/",
            "byte", "AA==");

    private final JsonNode types;
    private final Set<String> entered = new HashSet<>();
    private int left = 1000;

    private Example(JsonNode types) {
      this.types = types;
    }

    static JsonNode of(JsonNode schema) {
      return new Example(schema.path("$defs")).document(schema);
    }

    private JsonNode document(JsonNode schema) {
      left--;
      String reference = schema.path("$ref").asText();
      if (!reference.isEmpty()) {
        // A type within itself is not required there, or could not be made.
        boolean isNew = left > 0 && entered.add(reference);
        String name = reference.substring(StandaloneSchema.TYPES.length());
        JsonNode made = isNew ? document(types.path(name)) : JSON.objectNode();
        if (isNew) {
          entered.remove(reference);
        }
        return made;
      }
      if (schema.has("enum")) {
        return schema.path("enum").path(0);
      }
      JsonNode type = schema.path("type");
      return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
        case "string" -> JSON.textNode(TEXTS.getOrDefault(schema.path("format").asText(), "text"));
        case "integer" -> JSON.numberNode(1);
        case "number" -> JSON.numberNode(1.5);
        case "boolean" -> JSON.booleanNode(true);
        case "array" -> list(schema.path("items"));
        default -> object(schema);
      };
    }

    private JsonNode list(JsonNode item) {
      return entered.contains(item.path("$ref").asText())
          ? JSON.arrayNode()
          : JSON.arrayNode().add(document(item));
    }

    private JsonNode object(JsonNode schema) {
      ObjectNode object = JSON.objectNode();
      List<String> required = new ArrayList<>();
      schema.path("required").forEach(each -> required.add(each.asText()));
      for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
        if (required.contains(member.getKey())) {
          object.set(member.getKey(), document(member.getValue()));
        }
      }
      return object;
    }
  }
}
