package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What chooses keys, above all regular expressions. */
class ChoiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a[bc     | 2 | missing closing ]: [bc",
        "ab(c     | 5 | missing closing ): ab(c",
        "a**      | 2 | invalid nested repetition operator: **",
        "ab*?+    | 3 | invalid nested repetition operator: *?+",
        "(?<=a)b  | 1 | ",
        "(a)\\1   | 4 | invalid escape sequence: \\1",
        "x{2,1}   | 2 | invalid repeat count: {2,1}",
        "x{2000}  | 2 | invalid repeat count: {2000}",
        "(a)bc)   | 6 | missing opening ("
      })
  void aBadExpressionIsToldWithItsPlace(String regex, int place, String reason) {
    assertThatThrownBy(() -> Choice.of(CacheKeys.byRegex(regex.strip())))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.details())
                  .startsWith("the regular expression, at character " + place + ": ")
                  .contains(reason == null ? "" : reason);
            });
  }

  @Test
  @Timeout(60) // an engine that tries all ways would be at it for years
  void anExpressionThatIsMadeToTakeForEverDoesNot() {
    assertThat(Choice.of(CacheKeys.byRegex("^(a+)+$")).test("a".repeat(900) + "b")).isFalse();
    assertThat(Choice.of(CacheKeys.byRegex("(x+x+)+y")).test("x".repeat(900))).isFalse();
  }

  @Test
  void anExpressionHasItsLimit() {
    assertThat(Choice.of(CacheKeys.byRegex("a".repeat(1000))).test("b")).isFalse();
    assertThatThrownBy(() -> Choice.of(CacheKeys.byRegex("a".repeat(1001))))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("more than 1000 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(?:[^]\\]{9]{90}){90}",
        "(?i:(\\p{Greek}{60}|[[:alpha:])]{60}){60}",
        "((\\Q)\\E){99}){99}",
        "(x{50,}){50,}",
        "(a{999999999999}){2}"
      })
  void whatRepeatsItselfTooMuchIsRefusedBeforeItIsMade(String regex) {
    assertThatThrownBy(() -> Choice.of(CacheKeys.byRegex(regex)))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("repeats too much");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$",
        "\\d{4}-\\d{2}-\\d{2}T(\\d{2}:){2}\\d{2}",
        "(a|b){1,500}",
        "a{,2}|{}|x{y}",
        "\\x{10FFFF}[\\x{41}-\\x{5A}]"
      })
  void usualExpressionsAreTaken(String regex) {
    assertThat(Choice.of(CacheKeys.byRegex(regex)).test("")).isIn(true, false);
  }
}
