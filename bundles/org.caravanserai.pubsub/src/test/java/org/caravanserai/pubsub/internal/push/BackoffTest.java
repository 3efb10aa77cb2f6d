package org.caravanserai.pubsub.internal.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(60), 10);

  @Test
  void doublesUpToTheLongest() {
    assertThat(BACKOFF.millis(1, () -> 0.5)).isEqualTo(3000);
    assertThat(BACKOFF.millis(2, () -> 0.5)).isEqualTo(6000);
    assertThat(BACKOFF.millis(5, () -> 0.5)).isEqualTo(48_000);
    assertThat(BACKOFF.millis(6, () -> 0.5)).isEqualTo(60_000);
    assertThat(BACKOFF.millis(1_000_000, () -> 0.5)).isEqualTo(60_000);
  }

  @Test
  void variesByItsJitter() {
    assertThat(BACKOFF.millis(1, () -> 0)).isEqualTo(2700);
    assertThat(BACKOFF.millis(1, () -> 1)).isEqualTo(3300);
  }

  @Test
  void refusesWhatIsNegative() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(-1), Duration.ZERO, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ZERO, 101))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
