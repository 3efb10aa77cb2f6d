package org.caravanserai.pubsub.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which names a pattern allows, compared with its definition by cases. */
class TopicPatternTest {

  private static boolean matches(String pattern, String name) {
    return new TopicPatterns(List.of(pattern)).allow(name);
  }

  /** The definition: slow, and plain to see. */
  private static boolean isOf(List<String> pattern, List<String> name) {
    if (pattern.isEmpty()) {
      return name.isEmpty();
    }
    List<String> rest = pattern.subList(1, pattern.size());
    if (pattern.get(0).equals("**")) {
      for (int taken = 0; taken <= name.size(); taken++) {
        if (isOf(rest, name.subList(taken, name.size()))) {
          return true;
        }
      }
      return false;
    }
    return !name.isEmpty()
        && (pattern.get(0).equals("*") || pattern.get(0).equalsIgnoreCase(name.get(0)))
        && isOf(rest, name.subList(1, name.size()));
  }

  @Property(tries = 5000)
  void aNameIsAllowedAsItsDefinitionSays(
      @ForAll("patterns") List<String> pattern, @ForAll("names") List<String> name) {
    assertThat(matches(String.join(".", pattern), String.join(".", name)))
        .isEqualTo(isOf(pattern, name));
  }

  @Provide
  Arbitrary<List<String>> patterns() {
    return Arbitraries.of("a", "B", "c-1", "*", "**").list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.of("a", "b", "B", "c-1", "d").list().ofMinSize(1).ofMaxSize(6);
  }

  @Property
  void everyNameIsItsOwnPatternInAnyCase(@ForAll("names") List<String> parts) {
    String name = String.join(".", parts);

    assertThat(matches(name, name.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(matches(name.toUpperCase(Locale.ROOT), name)).isTrue();
    assertThat(matches("**", name)).isTrue();
    assertThat(matches(name + ".**", name)).isTrue();
    assertThat(matches(name + ".*", name)).isFalse();
  }

  @Property(tries = 100)
  void manyStarsTakeNoTime(@ForAll("names") List<String> parts) {
    List<String> pattern = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pattern.add("**");
      pattern.add("a");
    }
    String name = "a.".repeat(99) + "b";

    assertThat(matches(String.join(".", pattern), name)).isFalse();
  }

  @Example
  void internalNamesAreNobodys() {
    assertThat(matches("**", "serai.dead.orders")).isFalse();
    assertThat(matches("**", "SERAI.service.x")).isFalse();
    assertThat(matches("**", "$SYS")).isFalse();
    assertThat(matches("**", "partner/orders")).isFalse();
    assertThat(matches("**", "orders.#")).isFalse();
    assertThat(matches("**", "orders..new")).isFalse();
    assertThat(matches("**", "")).isFalse();
    assertThat(matches("**", "x".repeat(201))).isFalse();
    assertThat(matches("serais.*", "serais.x")).isTrue();
  }

  @Example
  void whatCanMatchNothingIsRefused() {
    for (String wrong :
        List.of("", ".", "a..b", "a.", "a*", "***", "a b", "a/b", "a.#", "ä", "x".repeat(201))) {
      assertThatThrownBy(() -> TopicPattern.parse(wrong))
          .describedAs(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
