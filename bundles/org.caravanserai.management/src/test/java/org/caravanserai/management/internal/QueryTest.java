package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private static final List<QueryParameter> KNOWN =
      List.of(
          QueryParameter.flag("dryRun", ""),
          QueryParameter.text("q", ""),
          QueryParameter.number("limit", ""),
          QueryParameter.text("from", ""));

  private static Query query(String text) throws Problem {
    return Query.of(text, KNOWN);
  }

  @Test
  void readsTextsNumbersSwitchesAndTimes() throws Problem {
    Query query = query("q=a%20b+c%26&limit=7&dryRun&from=2026-01-31T12:00:00Z");
    assertThat(query.text("q")).contains("a b c&");
    assertThat(query.number("limit", 1, 0, 10)).isEqualTo(7);
    assertThat(query.flag("dryRun")).isTrue();
    assertThat(query.time("from")).contains(Instant.parse("2026-01-31T12:00:00Z"));
  }

  @Test
  void whatIsAbsentHasItsDefault() throws Problem {
    Query query = query(null);
    assertThat(query.text("q")).isEmpty();
    assertThat(query.number("limit", 5, 0, 10)).isEqualTo(5);
    assertThat(query.flag("dryRun")).isFalse();
    assertThat(query.time("from")).isEmpty();
    assertThat(query("dryRun=false").flag("dryRun")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=x", "limit=11", "limit=-1", "limit=99999999999"})
  void aNumberOutOfRangeIsRefusedWithTheRange(String text) throws Problem {
    Query query = query(text);
    assertThatThrownBy(() -> query.number("limit", 1, 0, 10))
        .isInstanceOf(Problem.class)
        .hasMessage("limit is a whole number from 0 to 10");
  }

  @Test
  void aSwitchIsOnOrOff() throws Problem {
    Query query = query("dryRun=yes");
    assertThatThrownBy(() -> query.flag("dryRun")).hasMessage("dryRun is true or false");
  }

  @Test
  void aTimeHasItsForm() throws Problem {
    Query query = query("from=yesterday");
    assertThatThrownBy(() -> query.time("from")).hasMessageContaining("2026-01-31T12:00:00Z");
  }

  @Test
  void whatIsNotKnownIsRefusedWithWhatIs() {
    assertThatThrownBy(() -> query("dryrun=true"))
        .hasMessage("The parameters that are taken here: dryRun, q, limit, from");
    assertThatThrownBy(() -> Query.of("a=b", List.of())).hasMessage("No parameter is taken here");
    assertThatThrownBy(() -> query("q=%zz")).isInstanceOf(Problem.class);
  }
}
