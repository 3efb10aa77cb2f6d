package org.caravanserai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.api.CacheKeys.Form;
import org.junit.jupiter.api.Test;

/** What chooses keys of a cache. */
class CacheKeysTest {

  @Test
  void eachFormHasItsTexts() {
    assertThat(CacheKeys.all()).isEqualTo(CacheKeys.byPrefix(""));
    assertThat(CacheKeys.byRegex("a+").form()).isEqualTo(Form.REGEX);
    assertThat(CacheKeys.containingAll("a", "b").texts()).containsExactly("a", "b");
  }

  @Test
  void itKeepsItsOwnTexts() {
    List<String> texts = new ArrayList<>(List.of("a"));
    CacheKeys keys = new CacheKeys(Form.CONTAINS_ANY, texts);
    texts.clear();

    assertThat(keys.texts()).containsExactly("a");
  }

  @Test
  void aTextIsNeededAndOneOnlyWhereOneIsMeant() {
    assertThatThrownBy(CacheKeys::containingAny)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one text");
    List<String> two = List.of("a", "b");
    assertThatThrownBy(() -> new CacheKeys(Form.PREFIX, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one text");
  }
}
