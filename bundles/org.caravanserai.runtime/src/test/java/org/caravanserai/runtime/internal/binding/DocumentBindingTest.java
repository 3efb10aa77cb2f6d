package org.caravanserai.runtime.internal.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanserai.runtime.internal.binding.Bound.complaint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentBindingTest {

  record Item(String name, int count) {}

  record Search(Optional<String> q, int page, Optional<List<String>> tags) {}

  private static final Type MAP = new TypeReference<Map<String, Object>>() {}.getType();
  private static final Type NUMBERS = new TypeReference<Map<String, Integer>>() {}.getType();
  private static final Type ITEMS = new TypeReference<List<Item>>() {}.getType();

  private final Bound<Item> item = Bound.to(Item.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"x\",\"count\":1        | line 1, column 22: the document ends too early",
        "{\"name\":\"x\"                    | line 1, column 12: the document ends too early",
        "{\"name\":\"x                      | line 1, column 11: the document ends too early",
        "{\"name\":\"x\",}                  | line 1, column 13: this is no JSON, unexpected }",
        "{name:\"x\"}                       | line 1, column 2: this is no JSON, unexpected n",
        "{\"name\":'x'}                     | line 1, column 9: this is no JSON, unexpected '",
        "hello                              | line 1, column 6: this is no JSON",
        "{\"count\":01}                     | line 1, column 11: this is no JSON",
        "{\"count\":NaN}                    | line 1, column 13: this is no JSON",
        "{\"name\":\"x\",\"count\":1} {}    | line 1, column 24: text after the end of the document",
        "{\"name\":\"x\",\"count\":1} x     | line 1, column 25: this is no JSON",
        "{\"name\":\"x\",\"count\":1,\"name\":\"y\"} | /name: occurs twice",
        "{\"z\":{\"a\":1,\"a\":1}}          | /z/a: occurs twice",
      })
  void malformedDocumentsAreToldByLineAndColumn(String json, String words) {
    assertThat(complaint(() -> item.json(json))).isEqualTo(words);
  }

  @Test
  void theLineCounts() {
    assertThat(complaint(() -> item.json("{\n  \"name\": \"x\",\n  \"count\": }")))
        .isEqualTo("line 3, column 12: this is no JSON, unexpected }");
  }

  @Test
  void otherEncodingsAreRefused() {
    byte[] latin = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xe9, '"', '}'};
    Payload payload = new Payload.Document(latin, DataFormat.JSON, Map.of(), false);
    assertThat(complaint(() -> item.take(payload))).contains("the document is not in UTF-8");
  }

  @Test
  void limitsAreTold() {
    assertThat(complaint(() -> item.json("{\"x\":" + "[".repeat(300) + "]".repeat(300) + "}")))
        .isEqualTo("the document is nested deeper than 200");
    assertThat(complaint(() -> item.json("{\"count\":" + "1".repeat(1001) + "}")))
        .isEqualTo("a number in the document is longer than 1000");
    assertThat(complaint(() -> item.form("a=1&".repeat(1001))))
        .isEqualTo("the form has more than 1000 fields");
    assertThat(item.json("{\"count\":1,\"name\":\"" + "x".repeat(3_000_000) + "\"}").name())
        .hasSize(3_000_000);
  }

  @Test
  void noComplaintNamesAClass() {
    for (String json :
        List.of("[]", "{\"count\":{}}", "{\"name\":[]}", "{\"count\":1e5}", "{", "]", "\u0000")) {
      assertThat(complaint(() -> item.json(json)))
          .doesNotContain("java", "com.", "class", "Source", "Token", "`");
    }
  }

  @Test
  void parametersGoOverTheBody() {
    Map<String, List<String>> parameters = Map.of("count", List.of("7"), "other", List.of("x"));
    assertThat(item.json("{\"name\":\"a\",\"count\":1}", parameters)).isEqualTo(new Item("a", 7));
    assertThat(item.json("{\"name\":\"a\",\"count\":\"no number\"}", parameters))
        .isEqualTo(new Item("a", 7));
    assertThat(complaint(() -> item.json("{\"name\":\"a\",\"count\":\"1\"}")))
        .isEqualTo("/count: expected a whole number, got text");
    assertThat(complaint(() -> item.json("[]", parameters)))
        .isEqualTo("/: expected an object, got a list");
    assertThat(
            complaint(
                () ->
                    item.take(
                        new Payload.Document(
                            "{\"name\":\"a\"}".getBytes(UTF_8),
                            DataFormat.JSON,
                            parameters,
                            true))))
        .isEqualTo("/other: unknown");
  }

  record Outer(Item item, Optional<Item> other) {}

  @Test
  void parametersGoOverTheRootOnly() {
    Outer outer =
        Bound.<Outer>to(Outer.class)
            .json("{\"item\":{\"name\":\"a\",\"count\":1}}", Map.of("name", List.of("z")));
    assertThat(outer.item().name()).isEqualTo("a");
    assertThat(
            complaint(
                () -> Bound.to(Outer.class).json("", Map.of("item", List.of("{\"name\":\"a\"}")))))
        .isEqualTo("/item: expected an object, got text");
  }

  @Test
  void formsAreTextThroughout() {
    Bound<Search> search = Bound.to(Search.class);
    assertThat(search.form("page=2&q=a+b%26%C3%A9&tags=x&tags=y&&ignored"))
        .isEqualTo(new Search(Optional.of("a b&é"), 2, Optional.of(List.of("x", "y"))));
    assertThat(complaint(() -> search.form("q=x"))).isEqualTo("/page: missing");
    assertThat(complaint(() -> search.form("page="))).isEqualTo("/page: missing");
    assertThat(search.form("page=1&q=%zz%4").q()).contains("%zz%4");
    assertThat(
            search.take(
                new Payload.Document(
                    "page=1".getBytes(UTF_8),
                    DataFormat.FORM,
                    Map.of("page", List.of("9")),
                    false)))
        .isEqualTo(new Search(Optional.empty(), 9, Optional.empty()));
    assertThat(Bound.<String>to(String.class).form("page=1&a=%20")).isEqualTo("page=1&a=%20");
    assertThat(Bound.<Map<String, Object>>to(MAP).form("a=1&b=2&b=3"))
        .containsEntry("a", "1")
        .containsEntry("b", List.of("2", "3"));
  }

  @Test
  void mapsAndTreesTakeAnyObjectAndParametersAsText() {
    Map<String, Object> map =
        Bound.<Map<String, Object>>to(MAP)
            .json("{\"a\":1.10,\"b\":null}", Map.of("c", List.of("1"), "d", List.of("1", "2")));
    assertThat(map)
        .containsEntry("a", new BigDecimal("1.10"))
        .containsEntry("b", null)
        .containsEntry("c", "1")
        .containsEntry("d", List.of("1", "2"));
    JsonNode tree =
        Bound.<JsonNode>to(JsonNode.class)
            .json("{\"a\":1.10}", Map.of("c", List.of("1"), "d", List.of("1", "2")));
    assertThat(tree.get("a")).hasToString("1.10");
    assertThat(tree.get("c")).hasToString("\"1\"");
    assertThat(tree.get("d")).hasToString("[\"1\",\"2\"]");
    assertThat(complaint(() -> Bound.to(MAP).json("[1]", Map.of("c", List.of("1")))))
        .startsWith("/: expected an object");
    assertThat(Bound.<JsonNode>to(JsonNode.class).json("[1]")).hasToString("[1]");
    assertThat(Bound.<Map<String, Integer>>to(NUMBERS).json("", Map.of("a", List.of("5"))))
        .isEqualTo(Map.of("a", 5));
  }

  @Test
  void anEmptyBodyHasNoMembers() {
    assertThat(Bound.<Map<String, Object>>to(MAP).json("")).isEmpty();
    assertThat(Bound.<JsonNode>to(JsonNode.class).json("")).hasToString("{}");
    assertThat(complaint(() -> item.json(""))).isEqualTo("/name: missing");
    assertThat(complaint(() -> Bound.to(ITEMS).json(""))).isEqualTo("/: missing");
    assertThat(complaint(() -> Bound.to(Integer.class).json(""))).isEqualTo("/: missing");
    assertThat(Bound.<String>to(String.class).json("")).isEmpty();
    assertThat(Bound.<byte[]>to(byte[].class).json("")).isEmpty();
    assertThat(Bound.to(Void.class).json("not even JSON")).isNull();
  }

  @Test
  void listsAreBoundAtTheRootToo() {
    assertThat(Bound.<List<Item>>to(ITEMS).json("[{\"name\":\"a\",\"count\":1}]"))
        .containsExactly(new Item("a", 1));
    assertThat(complaint(() -> Bound.to(ITEMS).json("[{\"name\":\"a\"}]")))
        .isEqualTo("/0/count: missing");
    assertThat(complaint(() -> Bound.to(ITEMS).json("[null]"))).isEqualTo("/0: missing");
  }

  @Test
  void rawInputsAreTakenAsTheyAre() throws IOException {
    assertThat(Bound.<String>to(String.class).json("{\"é\"", Map.of("a", List.of("b"))))
        .isEqualTo("{\"é\"");
    assertThat(Bound.<byte[]>to(byte[].class).json("\u0001")).containsExactly(1);
    assertThat(Bound.<InputStream>to(InputStream.class).json("abc").readAllBytes())
        .asString(UTF_8)
        .isEqualTo("abc");
    InputStream arriving = new ByteArrayInputStream(new byte[] {1});
    assertThat(
            Bound.<InputStream>to(InputStream.class)
                .take(new Payload.Stream(arriving, DataFormat.RAW, Map.of())))
        .isSameAs(arriving);
    assertThat(
            item.take(
                new Payload.Stream(
                    new ByteArrayInputStream("{\"name\":\"a\"}".getBytes(UTF_8)),
                    DataFormat.RAW,
                    Map.of("count", List.of("3")))))
        .isEqualTo(new Item("a", 3));
  }

  record Same(String name, int count, Optional<BigDecimal> extra) {}

  @Test
  void objectsPassAsTheyAreOrMemberByMember() {
    Item same = new Item("a", 1);
    assertThat(item.value(same)).isSameAs(same);
    assertThat(item.value(Map.of("name", "a", "count", 1))).isEqualTo(same);
    assertThat(item.value(new Same("a", 1, Optional.empty()))).isEqualTo(same);
    assertThat(Bound.<Same>to(Same.class).value(Map.of("name", "a", "count", 1L, "extra", 1.25)))
        .isEqualTo(new Same("a", 1, Optional.of(new BigDecimal("1.25"))));
    assertThat(complaint(() -> item.value(Map.of("name", "a", "count", "1"))))
        .isEqualTo("/count: expected a whole number, got text");
    assertThat(item.value("{\"name\":\"a\",\"count\":1}")).isEqualTo(same);
    assertThat(item.value("{\"name\":\"a\",\"count\":1}".getBytes(UTF_8))).isEqualTo(same);
    assertThat(item.value(new ByteArrayInputStream("{\"name\":\"a\",\"count\":1}".getBytes(UTF_8))))
        .isEqualTo(same);
    assertThat(item.value(new ObjectMapper().createObjectNode().put("name", "a").put("count", 1)))
        .isEqualTo(same);
    assertThat(Bound.<String>to(String.class).value(same))
        .isEqualTo("{\"name\":\"a\",\"count\":1}");
    assertThat(Bound.<String>to(String.class).value(null)).isEmpty();
  }

  @Test
  void genericObjectsPassOnlyBeyondDoubt() {
    Map<String, Object> map = Map.of("a", 1);
    assertThat(Bound.<Map<String, Object>>to(MAP).value(map)).isSameAs(map);
    assertThat(Bound.<Map<String, Object>>to(MAP).value(Map.of(1, 2))).isEqualTo(Map.of("1", 2));
    assertThat(complaint(() -> Bound.to(NUMBERS).value(Map.of("a", "x"))))
        .isEqualTo("/a: expected a whole number, got text");
    assertThat(Bound.<List<Item>>to(ITEMS).value(List.of(Map.of("name", "a", "count", 1))))
        .containsExactly(new Item("a", 1));
  }

  @Test
  void outputsAreRenderedByTheirClass() throws Exception {
    Binding binding = Bound.to(Item.class).binding();
    assertThat(binding.render(null, DataFormat.JSON)).isInstanceOf(Rendered.Nothing.class);
    assertThat(binding.render(Optional.empty(), DataFormat.JSON))
        .isInstanceOf(Rendered.Nothing.class);
    assertRendered(binding.render("é", DataFormat.RAW), "é", "text/plain; charset=utf-8");
    assertRendered(binding.render("{}", DataFormat.JSON), "{}", "application/json");
    assertRendered(
        binding.render(new byte[] {'x'}, DataFormat.RAW), "x", "application/octet-stream");
    assertRendered(binding.render(new byte[] {'x'}, DataFormat.JSON), "x", "application/json");
    assertRendered(
        binding.render(new Item("a", 1), DataFormat.RAW),
        "{\"name\":\"a\",\"count\":1}",
        "application/json");
    assertRendered(binding.render(List.of(1), DataFormat.FORM), "[1]", "application/json");
    InputStream stream = InputStream.nullInputStream();
    assertThat(binding.render(stream, DataFormat.RAW))
        .isEqualTo(new Rendered.Stream(stream, "application/octet-stream"));
  }

  private static void assertRendered(Rendered rendered, String text, String type) {
    assertThat(rendered).isInstanceOf(Rendered.Bytes.class);
    Rendered.Bytes bytes = (Rendered.Bytes) rendered;
    assertThat(new String(bytes.content(), UTF_8)).isEqualTo(text);
    assertThat(bytes.contentType()).isEqualTo(type);
  }

  @Test
  void outputsAreConverted() throws Exception {
    Binding binding = Bound.to(Item.class).binding();
    Item same = new Item("a", 1);
    assertThat(binding.convert(same, Item.class, null)).isSameAs(same);
    assertThat(binding.convert(same, Same.class, null))
        .isEqualTo(new Same("a", 1, Optional.empty()));
    assertThat((Object) binding.convert(same, Map.class, null))
        .isEqualTo(Map.of("name", "a", "count", 1));
    assertThat(binding.convert(same, JsonNode.class, null))
        .hasToString("{\"name\":\"a\",\"count\":1}");
    assertThat(binding.convert(same, String.class, null)).isEqualTo("{\"name\":\"a\",\"count\":1}");
    assertThat(binding.convert("{\"name\":\"a\",\"count\":1}", Item.class, null)).isEqualTo(same);
    assertThat(binding.convert(same, Void.class, null)).isNull();
    assertThat(binding.convert(null, Item.class, null)).isNull();
  }
}
