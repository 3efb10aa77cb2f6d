package org.caravanserai.security.internal.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {

  private final ManualTicker clock = new ManualTicker();
  private final LoginBrake brake =
      new LoginBrake(3, Duration.ofSeconds(60), Duration.ofSeconds(10), clock);

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      brake.failed(name);
    }
  }

  @Test
  void toleratesSomeFailures() {
    fail("a", 2);
    assertThat(brake.permits("a")).isTrue();
  }

  @Test
  void thenRefusesTheNameForAWhile() {
    fail("a", 3);
    assertThat(brake.permits("a")).isFalse();
    assertThat(brake.permits("b")).isTrue();

    clock.advance(Duration.ofSeconds(9));
    assertThat(brake.permits("a")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(brake.permits("a")).isTrue();
  }

  @Test
  void withinTheWindowOneMoreFailureIsEnough() {
    fail("a", 3);
    clock.advance(Duration.ofSeconds(11));
    brake.failed("a");
    assertThat(brake.permits("a")).isFalse();
  }

  @Test
  void failuresAreForgotten() {
    fail("a", 2);
    clock.advance(Duration.ofSeconds(60));
    fail("a", 2);
    assertThat(brake.permits("a")).isTrue();
  }

  @Test
  void aSuccessForgivesThem() {
    fail("a", 2);
    brake.succeeded("a");
    fail("a", 2);
    assertThat(brake.permits("a")).isTrue();
  }
}
