package org.caravanserai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.ServiceInfo;
import org.junit.jupiter.api.Test;

class ServiceDocsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String REFERENCE = "{\"$ref\":\"#/components/schemas/";

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** An order of lines, which refer to themselves. */
  private static JsonNode order() {
    return StandaloneSchema.of(
        read(REFERENCE + "my.Order\"}"),
        Map.of(
            "my.Order",
            read(
                """
                {"type":"object","required":["id","lines","colour"],"properties":{
                 "id":{"type":"integer","format":"int64","description":"its number | key,\\nunique"},
                 "note":{"type":["string","null"],"description":"it's"},
                 "day":{"type":"string","format":"date"},
                 "lines":{"type":"array","items":%1$smy.Line"},"description":"what is wanted"},
                 "first":{"anyOf":[%1$smy.Line"},{"type":"null"}],"description":"the best"},
                 "counts":{"type":"object","additionalProperties":{"type":"integer"}},
                 "colour":{"type":"string","enum":["it's red","blue"]},
                 "any":{}}}
                """
                    .formatted(REFERENCE)),
            "my.Line",
            read(
                """
                {"type":"object","required":["item","parts"],"properties":{
                 "item":{"type":"string"},
                 "parts":{"type":"array","items":%smy.Line"}}}}
                """
                    .formatted(REFERENCE)),
            "my.Unused",
            read("{}")));
  }

  private static ServiceAnswer service(Optional<JsonNode> input, Optional<JsonNode> output) {
    return new ServiceAnswer(
        new ServiceInfo(
            "my.service", "my", 1, "In", "Out", 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty()),
        Optional.of("Takes orders."),
        Optional.of("Takes orders. All of them."),
        input,
        output);
  }

  @Test
  void aSchemaStandsAlone() {
    JsonNode order = order();

    assertThat(order.path("$ref").asText()).isEqualTo("#/$defs/my.Order");
    assertThat(order.path("$defs").fieldNames())
        .toIterable()
        .containsExactly("my.Line", "my.Order");
    assertThat(order.toString()).doesNotContain("#/components");
    assertThat(StandaloneSchema.of(read("{\"type\":\"string\"}"), Map.of()))
        .isEqualTo(read("{\"type\":\"string\"}"));
  }

  @Test
  void theFieldsOfTypesWithinThemselvesComeToAnEnd() {
    assertThat(ServiceField.of(order()))
        .extracting(ServiceField::path, ServiceField::type, ServiceField::isRequired)
        .extracting(Object::toString)
        .containsExactly(
            "(\"id\", \"integer (int64)\", true)",
            "(\"note\", \"string\", false)",
            "(\"day\", \"string (date)\", false)",
            "(\"lines\", \"list of object\", true)",
            "(\"lines[].item\", \"string\", true)",
            "(\"lines[].parts\", \"list of object\", true)",
            "(\"first\", \"object\", false)",
            "(\"first.item\", \"string\", true)",
            "(\"first.parts\", \"list of object\", true)",
            "(\"counts\", \"map of integer\", false)",
            "(\"colour\", \"one of it's red, blue\", true)",
            "(\"any\", \"any\", false)");
  }

  @Test
  void whatIsNoObjectHasFieldsToo() {
    JsonNode rows = read("{\"type\":\"array\",\"items\":" + REFERENCE + "my.Row\"}}");
    JsonNode row = read("{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"number\"}}}");

    assertThat(ServiceField.of(StandaloneSchema.of(rows, Map.of("my.Row", row))))
        .containsExactly(
            new ServiceField("", "list of object", true, ""),
            new ServiceField("[].age", "number", false, ""));
    assertThat(ServiceField.of(read("{}"))).containsExactly(new ServiceField("", "any", true, ""));
  }

  @Test
  void typesThatReferToEachOtherInAllWaysComeToAnEnd() {
    Map<String, JsonNode> types = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      ObjectNode type = JSON.createObjectNode().put("type", "object");
      ObjectNode members = type.putObject("properties");
      for (int j = 0; j < 30; j++) {
        members.set("m" + j, read(REFERENCE + "t" + j + "\"}"));
        type.withArray("required").add("m" + j);
      }
      types.put("t" + i, type);
    }
    JsonNode schema = StandaloneSchema.of(read(REFERENCE + "t0\"}"), types);

    assertThat(ServiceField.of(schema)).hasSize(1000);
    assertThat(ServiceDocs.page(List.of(service(Optional.of(schema), Optional.empty()))))
        .hasSizeLessThan(1_000_000);
  }

  @Test
  void aPageTellsOfServices() {
    JsonNode text = read("{\"type\":\"string\"}");

    String page = ServiceDocs.page(List.of(service(Optional.of(order()), Optional.of(text))));

    assertThat(page)
        .startsWith(
            """
            # Services

            ## my.service

            Takes orders. All of them.

            ### Input

            | field | type | required | description |
            |---|---|---|---|
            | `id` | integer (int64) | yes | its number \\| key, unique |
            | `note` | string | no | it's |
            """)
        .endsWith(
            """
            ### Output

            | field | type | required | description |
            |---|---|---|---|
            |  | string | yes |  |

            ### Example

            ```sh
            bin/serai invoke my.service '{"id":1,"lines":[{"item":"text","parts":[]}],"colour":"it'\\''s red"}'
            ```
            """);
  }

  @Test
  void aServiceMayTakeAndReturnNothing() {
    assertThat(ServiceDocs.page(List.of(service(Optional.empty(), Optional.empty()))))
        .contains("### Input\n\nNothing.\n", "### Output\n\nNothing.\n")
        .endsWith("```sh\nbin/serai invoke my.service\n```\n");
  }

  @Test
  void anAnswerIsFlat() {
    JsonNode answer = read(ApiJson.text(service(Optional.empty(), Optional.of(order()))));

    assertThat(answer.path("name").asText()).isEqualTo("my.service");
    assertThat(answer.path("calls").isNumber()).isTrue();
    assertThat(answer.path("summary").asText()).isEqualTo("Takes orders.");
    assertThat(answer.has("inputSchema")).isFalse();
    assertThat(answer.at("/outputSchema/$defs/my.Line/type").asText()).isEqualTo("object");
  }
}
