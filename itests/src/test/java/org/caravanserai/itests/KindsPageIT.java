package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reference of kinds says what the server's own schemas say; see CONTRIBUTING.md. */
@ExtendWith(ServerExtension.class)
class KindsPageIT {

  private static final Path PAGE = Path.of("../docs/kinds.md");

  private final Client client;

  KindsPageIT(Server server) {
    this.client = server.client();
  }

  @Test
  void thePageIsUpToDate() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Kinds

            Every kind of object and its fields. This page is made from the server's own schemas (`GET /api/v1/kinds`); how to
            renew it stands in [CONTRIBUTING.md](../CONTRIBUTING.md). How objects get to a server: [configuration.md](configuration.md).
            """);
    for (JsonNode kind : Client.json(client.apiGet("/kinds")).path("items")) {
      page.append("\n## `").append(kind.path("name").asText()).append("`\n\n");
      JsonNode schema = kind.path("schema");
      if (schema.has("description")) {
        page.append(schema.path("description").asText()).append("\n\n");
      }
      page.append("| field | type | default | |\n|---|---|---|---|\n");
      rows(page, schema, "");
    }
    if (Boolean.getBoolean("serai.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static void rows(StringBuilder page, JsonNode record, String prefix) {
    List<String> required = new ArrayList<>();
    record.path("required").forEach(each -> required.add(each.asText()));
    record
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              String path = prefix + field.getKey();
              page.append(
                  "| `%s` | %s | %s | %s |%n"
                      .formatted(
                          path,
                          type(value),
                          required.contains(field.getKey()) ? "required" : byDefault(value),
                          value.path("description").asText().replace("|", "\\|")));
              JsonNode inner = value.has("items") ? value.path("items") : value;
              if (inner.has("properties")) {
                rows(page, inner, path + (value.has("items") ? "[]." : "."));
              }
            });
  }

  private static String byDefault(JsonNode value) {
    return value.has("default") ? "`" + value.path("default") + "`" : "";
  }

  private static String type(JsonNode value) {
    if (value.has("items")) {
      return "list of " + type(value.path("items"));
    }
    if (value.path("additionalProperties").isObject()) {
      return "map of " + type(value.path("additionalProperties"));
    }
    if (value.has("anyOf")) {
      List<String> choices = new ArrayList<>();
      value.at("/anyOf/0/enum").forEach(each -> choices.add("`" + each.asText() + "`"));
      return String.join(", ", choices);
    }
    String type =
        value.path("type").isArray() ? value.at("/type/0").asText() : value.path("type").asText();
    type = value.path("x-serai-duration").asBoolean() ? "seconds" : type;
    type =
        value.has("x-serai-reference")
            ? "name of `" + value.path("x-serai-reference").asText() + "`"
            : type;
    return type + range(value) + (value.path("writeOnly").asBoolean() ? ", secret" : "");
  }

  private static String range(JsonNode value) {
    boolean isText = value.has("minLength") || value.has("maxLength");
    JsonNode least = value.path(isText ? "minLength" : "minimum");
    JsonNode greatest = value.path(isText ? "maxLength" : "maximum");
    if (least.isMissingNode() && greatest.isMissingNode()) {
      return "";
    }
    String range =
        least.isMissingNode()
            ? "at most " + greatest
            : greatest.isMissingNode() ? "at least " + least : least + " to " + greatest;
    return ", " + range + (isText ? " characters" : "");
  }
}
