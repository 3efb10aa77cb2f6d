package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.caravanserai.management.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFilterTest {

  private static final LogLine LINE =
      new LogLine(
          1,
          Instant.EPOCH,
          "WARN",
          "orders.check",
          "serai-call-1",
          Optional.of("abc"),
          Optional.empty(),
          "Too Many <b>",
          Optional.of("java.io.IOException: Gone"));

  private static boolean takes(String query) throws Problem {
    return LogFilter.of(Query.of(query, LogFilter.PARAMETERS)).takes(LINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "level=warn",
        "level=INFO",
        "logger=orders.",
        "service=orders.check",
        "service=other,orders.check",
        "cid=abc",
        "text=many%20%3CB",
        "text=gone",
        "level=WARN&logger=orders&cid=abc&text=too"
      })
  void takesWhatIsWanted(String query) throws Problem {
    assertThat(takes(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "level=ERROR",
        "logger=check",
        "service=orders",
        "cid=ab",
        "text=few",
        "level=WARN&text=few"
      })
  void leavesTheRest(String query) throws Problem {
    assertThat(takes(query)).isFalse();
  }

  @Test
  void aLevelIsOneOfFive() {
    assertThatThrownBy(() -> takes("level=LOUD")).hasMessageContaining("TRACE, DEBUG");
  }
}
