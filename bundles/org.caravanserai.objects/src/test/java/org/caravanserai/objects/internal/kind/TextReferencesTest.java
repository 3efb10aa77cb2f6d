package org.caravanserai.objects.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReferencesTest {

  private final TextReferences references =
      new TextReferences(Map.of("HOST", "example.org", "PORT", "8443", "EMPTY", "")::get);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "plain|plain",
        "${HOST}|example.org",
        "https://${HOST}:${PORT}/x|https://example.org:8443/x",
        "${NOBODY:-fallback}|fallback",
        "${NOBODY:-}|\"\"",
        "${EMPTY:-fallback}|fallback",
        "${EMPTY}|\"\"",
        "${HOST:-fallback}|example.org",
        "${NOBODY:-a b:-c$}|a b:-c$",
        "Zato_Enmasse_Env.HOST|example.org",
        "x Zato_Enmasse_Env.HOST|x Zato_Enmasse_Env.HOST",
        "$${HOST}|${HOST}",
        "$HOST|$HOST",
        "a$|a$",
        "5$ {x}|5$ {x}",
      })
  void resolves(String text, String expected) {
    ResolvedText resolved = references.resolve(text);

    assertThat(resolved.text()).isEqualTo(expected);
    assertThat(resolved.problems()).isEmpty();
    assertThat(resolved.secrets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${NOBODY}", "x${NOBODY}y", "Zato_Enmasse_Env.NOBODY"})
  void namesTheVariableThatIsMissing(String text) {
    assertThat(references.resolve(text).problems())
        .containsExactly(
            "`${NOBODY}`: the environment has no NOBODY; set it, or write ${NOBODY:-default}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${}", "${a b}", "${HOST", "${1X}", "${HOST:x}", "${secret:}"})
  void refusesWhatIsNoReferenceAndDoesNotRepeatIt(String text) {
    assertThat(references.resolve(text).problems())
        .singleElement()
        .asString()
        .contains("write ${NAME}, ${NAME:-default} or ${secret:NAME}")
        .doesNotContain("a b");
  }

  @Test
  void keepsReferencesToSecretsForLater() {
    ResolvedText resolved = references.resolve("${HOST}-${secret:sql/main/password}");

    assertThat(resolved.text()).isEqualTo("example.org-${secret:sql/main/password}");
    assertThat(resolved.secrets()).containsExactly("sql/main/password");
  }

  @Property
  void textWithoutReferencesStaysAsItIs(@ForAll String text) {
    String escaped = text.replace("${", "$${");
    if (!text.endsWith("$") && !text.startsWith("Zato_") && !text.contains("$${")) {
      assertThat(references.resolve(escaped).text()).isEqualTo(text);
    }
  }
}
