package org.caravanserai.runtime.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.caravanserai.runtime.ServiceDoc;
import org.junit.jupiter.api.Test;

/** What is said of these classes is in {@code META-INF/serai/doc-comments.json}. */
class ServiceDocTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  enum Colour {
    RED,
    @JsonProperty("deep-blue")
    BLUE,
    GREEN
  }

  record Leaf(String name) {}

  record Tree(
      @JsonProperty("tree_id") long id,
      Optional<Leaf> first,
      List<Leaf> leaves,
      Colour colour,
      Optional<Colour> second,
      String unsaid) {}

  static final class Planting {}

  @Test
  void typesAndMembersAreDescribed() throws Exception {
    Binding binding = Bound.to(Tree.class).binding();

    ServiceDoc doc = binding.doc("my.service", Planting.class);

    assertThat(doc.summary()).isEqualTo("Plants a tree.");
    assertThat(doc.description()).isEqualTo("Plants a tree. It takes `years`.");
    assertThat(doc.schemas().types().get("my.service.Leaf"))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"object","properties":{"name":{"type":"string"}},"required":["name"],
                 "description":"A leaf."}
                """));
    assertThat(doc.schemas().types().get("my.service.Tree"))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"object","description":"A tree.","properties":{
                 "tree_id":{"type":"integer","format":"int64","description":"its *number*"},
                 "first":{"anyOf":[{"$ref":"#/components/schemas/my.service.Leaf"},{"type":"null"}],
                  "description":"the first leaf"},
                 "leaves":{"type":"array","items":{"$ref":"#/components/schemas/my.service.Leaf"}},
                 "colour":{"type":"string","enum":["RED","deep-blue","GREEN"],
                  "description":"of its bark\\n\\nA colour.\\n\\n- `RED`: Like roses.\\n- `deep-blue`: Like the\\n  sea."},
                 "second":{"type":["string","null"],"enum":["RED","deep-blue","GREEN",null],
                  "description":"A colour.\\n\\n- `RED`: Like roses.\\n- `deep-blue`: Like the\\n  sea."},
                 "unsaid":{"type":"string"}},
                 "required":["tree_id","leaves","colour","unsaid"]}
                """));
    assertThat(binding.doc("my.service", Planting.class)).isSameAs(doc);
  }

  @Test
  void whereNothingIsSaidTheSchemasAreThose() throws Exception {
    Binding binding = Bound.to(JsonSchemasTest.Tree.class).binding();

    assertThat(binding.doc("my.service", String.class))
        .isEqualTo(new ServiceDoc("", "", binding.schemas("my.service")));
  }
}
