package org.caravanserai.objects.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.caravanserai.spi.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  private final Problems problems = new Problems("serai.yaml");
  private final YamlReader reader = new YamlReader(new YamlLimits(2_000, 10, 5));

  private Optional<YamlValue.Mapping> read(String yaml) {
    return reader.read(yaml.getBytes(StandardCharsets.UTF_8), problems);
  }

  @Test
  void valuesKnowTheirPlaces() {
    YamlValue.Mapping root = read("a:\n  - x: 1\n    y: 'two'\n").orElseThrow();

    assertThat(root.entries().get("a").key()).isEqualTo(new Place(1, 1));
    YamlValue.Items list = (YamlValue.Items) root.entries().get("a").value();
    assertThat(list.place()).isEqualTo(new Place(2, 3));
    YamlValue.Mapping item = (YamlValue.Mapping) list.items().get(0);
    assertThat(item.place()).isEqualTo(new Place(2, 5));
    assertThat(item.entries().get("x").value())
        .isEqualTo(new YamlValue.Scalar(new Place(2, 8), "1", true));
    assertThat(item.entries().get("y").value())
        .isEqualTo(new YamlValue.Scalar(new Place(3, 8), "two", false));
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\nb: [1, 2\\nc: 3 | 3 | 2 | not YAML",
        "a: 1\\n  b: 2 | 2 | 4 | not YAML",
        "a: 1\\nb: 2\\na: 3 | 3 | 1 | duplicate key `a`, first in line 1",
        "a:\\n  - b: 1\\n    b: 2 | 3 | 5 | duplicate key `b`, first in line 2",
        "a: 1\\n---\\nb: 2 | 3 | 1 | a second document; a file holds one",
        "- a\\n- b | 1 | 1 | expected a mapping from kinds to lists of objects, found a list",
        "text | 1 | 1 | expected a mapping from kinds to lists of objects, found `text`",
        "a: !env HOME | 1 | 4 | the tag !env is not supported",
        "a: !!binary aGk= | 1 | 4 | the tag tag:yaml.org,2002:binary is not supported",
        "? [a, b]\\n: 1 | 1 | 3 | a key must be a text",
        "a: &x [*x] | 1 | 4 | a value that contains itself",
        "a: *nobody | 1 | 4 | not YAML",
        "a: 1\\nb: U+0001 | 2 | 4 | not YAML: the character U+0001 is not allowed",
        "a: [[[[[[[[[[1]]]]]]]]]] | 1 | 13 | nested deeper than 10 levels (setting max_depth)",
        "a: \\t- b\\n\\tc: 1 | 1 | 4 | not YAML",
      })
  void saysWhatIsWrongAndWhere(String yaml, int line, int column, String message) {
    assertThat(read(yaml.translateEscapes().replace("U+0001", "\u0001"))).isEmpty();

    Diagnostic first = problems.list().get(0);
    assertThat(first.message()).startsWith(message);
    assertThat(List.of(first.line(), first.column())).containsExactly(line, column);
    assertThat(first.severity()).isEqualTo(Diagnostic.Severity.ERROR);
    assertThat(first.file()).isEqualTo("serai.yaml");
  }

  @Test
  void refusesMoreAliasesThanTheLimit() {
    String bomb =
        """
        a: &a [1, 2]
        b: &b [*a, *a, *a]
        c: &c [*b, *b, *b]
        """;
    assertThat(read(bomb)).isEmpty();
    assertThat(problems.list()).singleElement().asString().contains("aliases");
  }

  @Test
  void followsAliasesOfScalarsAndLists() {
    YamlValue.Mapping root = read("a: &a [1]\nb: *a\nc: &c x\nd: *c\n").orElseThrow();

    assertThat(root.entries().get("b").value()).isEqualTo(root.entries().get("a").value());
    assertThat(((YamlValue.Scalar) root.entries().get("d").value()).text()).isEqualTo("x");
  }

  @Test
  void refusesAFileOverTheLimit() {
    assertThat(read("a: " + "x".repeat(2_000))).isEmpty();
    assertThat(problems.list())
        .singleElement()
        .isEqualTo(
            Diagnostic.error(
                "serai.yaml",
                0,
                0,
                "the file has 2003 bytes; at most 2000 are allowed (setting max_file_size)"));
  }

  @Test
  void deepNestingDoesNotOverflowTheStack() {
    YamlReader generous = new YamlReader(new YamlLimits(2_000_000, 50, 5));
    byte[] deep = ("a: " + "[".repeat(500_000)).getBytes(StandardCharsets.UTF_8);

    assertThat(generous.read(deep, problems)).isEmpty();
    assertThat(problems.list()).singleElement().asString().contains("max_depth");
  }

  @Test
  void refusesWhatIsNotUtf8AndSaysFromWhere() {
    byte[] content = {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xC3, (byte) 0x28};

    assertThat(reader.read(content, problems)).isEmpty();
    assertThat(problems.list())
        .singleElement()
        .isEqualTo(Diagnostic.error("serai.yaml", 2, 4, "the file is not UTF-8 from here on"));
  }

  @Test
  void anEmptyFileIsRefusedSinceItMayBeHalfWritten() {
    assertThat(read(" \n")).isEmpty();
    assertThat(problems.list()).singleElement().asString().contains("the file is empty");
  }

  @ParameterizedTest
  @CsvSource({"{}", "# nothing yet", "~", "---"})
  void aFileMayHoldNothing(String yaml) {
    assertThat(read(yaml).orElseThrow().entries()).isEmpty();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFile() {
    assertThat(read("\uFEFFa: 1").orElseThrow().entries()).containsKey("a");
  }

  @Test
  void readsYaml12NotEleven() {
    YamlValue.Mapping root = read("a: no\nb: 0o7\nc: ~\nd: ''\n").orElseThrow();

    assertThat(root.entries().get("a").value())
        .isEqualTo(new YamlValue.Scalar(new Place(1, 4), "no", true));
    assertThat(((YamlValue.Scalar) root.entries().get("c").value()).isNull()).isTrue();
    assertThat(((YamlValue.Scalar) root.entries().get("d").value()).isNull()).isFalse();
  }

  @Property
  void anyBytesAreReadOrRefusedInWords(@ForAll byte[] garbage) {
    Problems found = new Problems("serai.yaml");
    Optional<YamlValue.Mapping> root = reader.read(garbage, found);

    assertThat(root.isEmpty()).isEqualTo(found.errors() > 0);
  }

  @Property
  void anyTextIsReadOrRefusedInWords(@ForAll String garbage) {
    Problems found = new Problems("serai.yaml");
    Optional<YamlValue.Mapping> root = reader.read(garbage.getBytes(StandardCharsets.UTF_8), found);

    assertThat(root.isEmpty()).isEqualTo(found.errors() > 0);
  }
}
