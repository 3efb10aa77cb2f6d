package org.caravanserai.objects.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.caravanserai.objects.internal.yaml.Place;
import org.caravanserai.objects.internal.yaml.Problems;
import org.caravanserai.objects.internal.yaml.YamlLimits;
import org.caravanserai.objects.internal.yaml.YamlReader;
import org.caravanserai.objects.internal.yaml.YamlText;
import org.caravanserai.objects.internal.yaml.YamlValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindTextTest {

  private static List<YamlValue> items(String text) {
    Problems problems = new Problems("k.yaml");
    YamlValue.Mapping root =
        new YamlReader(new YamlLimits(1_000_000, 50, 50))
            .read(text.getBytes(StandardCharsets.UTF_8), problems)
            .orElseThrow(() -> new AssertionError(text + problems.list()));
    YamlValue.Entry list = root.entries().get("k");
    return list != null && list.value() instanceof YamlValue.Items items
        ? items.items()
        : List.of();
  }

  private static Optional<KindText> cut(String text) {
    List<Place> places = items(text).stream().map(YamlValue::place).toList();
    return KindText.cut("k", text, places);
  }

  /** What the items of a text say, whatever it looks like. */
  private static List<Map<String, String>> said(String text) {
    List<Map<String, String>> said = new ArrayList<>();
    for (YamlValue item : items(text)) {
      Map<String, String> fields = new LinkedHashMap<>();
      ((YamlValue.Mapping) item)
          .entries()
          .forEach((key, entry) -> fields.put(key, ((YamlValue.Scalar) entry.value()).text()));
      said.add(fields);
    }
    return said;
  }

  @Property(tries = 500)
  void aChangeOfOneItemLeavesTheOthersAsTheyAre(
      @ForAll("files") List<String> items, @ForAll("indents") String indent, @ForAll int choice) {
    StringBuilder text = new StringBuilder("# head\nk:\n");
    items.forEach(item -> text.append(item.replaceAll("(?m)^(?=.)", indent)));
    KindText cut = cut(text.toString()).orElseThrow();
    assertThat(cut.text()).isEqualTo(text.toString());
    List<Map<String, String>> before = said(text.toString());
    int index = Math.floorMod(choice, before.size());
    Map<String, String> other = Map.of("name", "new");
    String body = YamlText.item(Map.of("name", "new"));

    List<Map<String, String>> expected = new ArrayList<>(before);
    expected.set(index, other);
    assertThat(said(cut.with(index, body).text())).isEqualTo(expected);
    expected = new ArrayList<>(before);
    expected.add(index, other);
    assertThat(said(cut.inserted(index, body).text())).isEqualTo(expected);
    expected = new ArrayList<>(before);
    expected.add(other);
    assertThat(said(cut.inserted(before.size(), body).text())).isEqualTo(expected);
    expected = new ArrayList<>(before);
    expected.remove(index);
    assertThat(said(cut.without(index).text())).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> indents() {
    return Arbitraries.of("", "  ", "    ");
  }

  @Provide
  Arbitrary<List<String>> files() {
    Arbitrary<String> comments =
        Arbitraries.of("", "# about it\n", "\n", "\n# one\n# two\n", "# a\n\n# b\n");
    Arbitrary<String> bodies =
        Arbitraries.of(
            "- name: a\n",
            "- name: a # why\n  x: 1\n",
            "- {name: a, x: '#'}\n",
            "-   name: a\n    x: |\n      text\n      # no comment\n",
            "- name: \"a\n    # in it\"\n",
            "- name: >-\n    folded\n    - no item\n  x: y\n",
            "- name: a\n  # inside\n  x: 1\n");
    return Combinators.combine(comments, bodies)
        .as((comment, body) -> comment + body)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k: [{name: a}]\n",
        "k: [\n {name: a},\n {name: b}]\n",
        "k:\n  - &x {name: a}\n  - *x\n",
        "k:\n  -\n    name: a\n",
        "k:\n  - ? name\n    : a\n",
      })
  void whatIsLaidOutOtherwiseIsNotCut(String text) {
    assertThat(cut(text).filter(cut -> !cut.items().isEmpty() && !text.contains("?"))).isEmpty();
  }

  @Test
  void aFileWithoutItemsKeepsItsComments() {
    String body = YamlText.item(Map.of("name", "a"));
    assertThat(cut("# mine\nk: []\n").orElseThrow().inserted(0, body).text())
        .isEqualTo("# mine\nk:\n  - name: a\n");
    assertThat(KindText.empty("k").text()).isEqualTo("k: []\n");
  }

  @Test
  void aFileWithoutALastLineEndGetsOne() {
    String body = YamlText.item(Map.of("name", "b"));
    assertThat(cut("k:\n- name: a").orElseThrow().inserted(1, body).text())
        .isEqualTo("k:\n- name: a\n- name: b\n");
  }
}
