package org.caravanserai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.caravanserai.http.PathTemplate.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

  @Test
  void readsTextAndParameters() {
    PathTemplate template = PathTemplate.parse("/orders/{id}/file-{name}.pdf");

    assertThat(template.segments())
        .containsExactly(
            new Segment("orders", null, "", false),
            new Segment("", "id", "", false),
            new Segment("file-", "name", ".pdf", false));
    assertThat(template.isLiteral()).isFalse();
    assertThat(template).hasToString("/orders/{id}/file-{name}.pdf");
  }

  @Test
  void aFinalSlashIsASegmentOfItsOwn() {
    assertThat(PathTemplate.parse("/a/").segments())
        .containsExactly(new Segment("a", null, "", false), new Segment("", null, "", false));
    assertThat(PathTemplate.parse("/").segments())
        .containsExactly(new Segment("", null, "", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a/b.c/", "/~user/x@y:z", "/Grüße", "/{a}", "/{a.b-c_1}/x"})
  void accepts(String text) {
    assertThat(PathTemplate.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|must start with /",
        "``|must start with /",
        "/a//b|must not contain //",
        "/a/../b|segment ..",
        "/{a|brace without its partner",
        "/a}|brace without its partner",
        "/}a{|brace without its partner",
        "/{a}{b}|more than one parameter",
        "/{}|name is not made of",
        "/{a b}|name is not made of",
        "/{{a}}|name is not made of",
        "/{a}/{a}|{a} twice",
        "/a?b|the character ?",
        "/a#b|the character #",
        "/a%20b|the character %",
        "/a;b|the character ;",
        "/a b|a space or control character"
      })
  void refuses(String text, String why) {
    assertThatThrownBy(() -> PathTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThatThrownBy(() -> PathTemplate.parse("/" + "a".repeat(2000)))
        .hasMessageContaining("longer than 2000");
  }

  @Test
  void theLastParameterMaySpanSlashes() {
    assertThat(PathTemplate.parse("/{a}/x-{b}/c", true).segments())
        .containsExactly(
            new Segment("", "a", "", false),
            new Segment("x-", "b", "", true),
            new Segment("c", null, "", false));
    assertThat(PathTemplate.parse("/a", true).isLiteral()).isTrue();
  }
}
