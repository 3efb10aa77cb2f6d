package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.caravanserai.runtime.ServiceSchemas;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonSchemasTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  enum Colour {
    RED,
    @JsonProperty("deep-blue")
    BLUE
  }

  record Leaf(@JsonProperty("leaf_name") String name, @Nullable Leaf next) {}

  record Tree(
      long id,
      int count,
      boolean isOld,
      BigDecimal height,
      LocalDate planted,
      Instant seen,
      Colour colour,
      Optional<Colour> second,
      Optional<String> note,
      OptionalInt rings,
      @JsonProperty(defaultValue = "3") int branches,
      byte[] picture,
      List<Leaf> leaves,
      Optional<Leaf> first,
      Map<String, Integer> counts,
      JsonNode any) {}

  private static ServiceSchemas of(Type type) {
    return Bound.to(type).binding().schemas("my.service");
  }

  @Test
  void aRecordIsAnObject() throws Exception {
    ServiceSchemas schemas = of(Tree.class);

    assertThat(schemas.input()).isEqualTo(schemas.output());
    assertThat(schemas.input().orElseThrow().toString())
        .isEqualTo("{\"$ref\":\"#/components/schemas/my.service.Tree\"}");
    assertThat(schemas.types()).containsOnlyKeys("my.service.Tree", "my.service.Leaf");
    assertThat(schemas.types().get("my.service.Leaf"))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"object","properties":{"leaf_name":{"type":"string"},
                 "next":{"anyOf":[{"$ref":"#/components/schemas/my.service.Leaf"},{"type":"null"}]}},
                 "required":["leaf_name"]}
                """));
    assertThat(schemas.types().get("my.service.Tree"))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"object","properties":{
                 "id":{"type":"integer","format":"int64"},
                 "count":{"type":"integer","format":"int32"},
                 "isOld":{"type":"boolean"},
                 "height":{"type":"number"},
                 "planted":{"type":"string","format":"date"},
                 "seen":{"type":"string","format":"date-time"},
                 "colour":{"type":"string","enum":["RED","deep-blue"]},
                 "second":{"type":["string","null"],"enum":["RED","deep-blue",null]},
                 "note":{"type":["string","null"]},
                 "rings":{"type":["integer","null"],"format":"int32"},
                 "branches":{"type":"integer","format":"int32"},
                 "picture":{"type":"string","format":"byte"},
                 "leaves":{"type":"array","items":{"$ref":"#/components/schemas/my.service.Leaf"}},
                 "first":{"anyOf":[{"$ref":"#/components/schemas/my.service.Leaf"},{"type":"null"}]},
                 "counts":{"type":"object","additionalProperties":{"type":"integer","format":"int32"}},
                 "any":{}},
                 "required":["id","count","isOld","height","planted","seen","colour","picture",
                  "leaves","counts","any"]}
                """));
  }

  @Test
  void otherTypesHaveNoName() {
    assertThat(of(Void.class).input()).isEmpty();
    assertThat(of(InputStream.class).input().orElseThrow().toString()).isEqualTo("{}");
    assertThat(of(String.class).input().orElseThrow().toString()).isEqualTo("{}");
    assertThat(
            of(new TypeReference<List<Map<String, Object>>>() {}.getType()).input().orElseThrow())
        .hasToString(
            "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":{}}}");
  }
}
