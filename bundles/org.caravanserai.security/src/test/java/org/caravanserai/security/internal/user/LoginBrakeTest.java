package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {

  private static final String HERE = "10.0.0.1";
  private static final String ELSEWHERE = "10.9.9.9";

  private final ManualTicker clock = new ManualTicker();
  private final LoginBrake brake =
      new LoginBrake(
          3, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(100), clock);

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      brake.failed(name, HERE);
    }
  }

  private boolean permits(String name) {
    return brake.permits(name, HERE);
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void toleratesSomeFailures() {
    fail("a", 2);
    assertThat(permits("a")).isTrue();
  }

  @Test
  void thenRefusesTheNameForAWhile() {
    fail("a", 3);
    assertThat(permits("a")).isFalse();
    assertThat(permits("b")).isTrue();

    pass(9);
    assertThat(permits("a")).isFalse();
    pass(1);
    assertThat(permits("a")).isTrue();
  }

  @Test
  void aStrangerKeepsNobodyOutElsewhere() {
    fail("a", 3);
    assertThat(brake.permits("a", ELSEWHERE)).isTrue();
  }

  @Test
  void eachFailureMoreDoublesThePauseUpToTheLongest() {
    fail("a", 3);
    pass(10);
    brake.failed("a", HERE);
    pass(19);
    assertThat(permits("a")).isFalse();
    pass(1);
    assertThat(permits("a")).isTrue();

    fail("a", 40);
    pass(99);
    assertThat(permits("a")).isFalse();
    pass(1);
    assertThat(permits("a")).isTrue();
  }

  @Test
  void anAddressThatTriesManyNamesIsRefusedForAll() {
    for (int i = 0; i < 30; i++) {
      brake.failed("name" + i, HERE);
    }
    assertThat(permits("another")).isFalse();
    assertThat(brake.permits("another", ELSEWHERE)).isTrue();
  }

  @Test
  void aNameThatIsTriedFromManyAddressesIsRefusedForAShortWhile() {
    for (int i = 0; i < 300; i++) {
      brake.failed("a", "10.1.1." + i);
    }
    assertThat(brake.permits("a", ELSEWHERE)).isFalse();
    pass(10);
    assertThat(brake.permits("a", ELSEWHERE)).isTrue();
  }

  @Test
  void failuresAreForgotten() {
    fail("a", 2);
    pass(60);
    fail("a", 2);
    assertThat(permits("a")).isTrue();
  }

  @Test
  void aSuccessForgivesThem() {
    fail("a", 2);
    brake.succeeded("a", HERE);
    fail("a", 2);
    assertThat(permits("a")).isTrue();
  }
}
