package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecentCallsTest {

  private static final double SECONDS = 5;

  private final Durations durations = new Durations();
  private final RecentCalls recent = new RecentCalls();
  private final Look look = new Look();

  private void look() {
    look.clear();
    recent.look(durations, SECONDS, look);
  }

  private void call(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      durations.add(nanos);
    }
  }

  @Test
  void aSteadyRateIsTold() {
    for (int i = 0; i < 100; i++) {
      call(50, 1_000_000);
      look();
    }

    assertThat(recent.callsPerSecond()).isCloseTo(10, within(0.1));
    assertThat(look.calls()).isEqualTo(50);
    assertThat(recent.percentile(0.95) / 1e6).isCloseTo(1, within(0.25));
  }

  @Test
  void newCallsWeighMoreThanOldOnes() {
    call(1000, 1_000_000);
    look();
    for (int i = 0; i < 60; i++) {
      call(100, 100_000_000);
      look();
    }

    assertThat(recent.percentile(0.5) / 1e6).isCloseTo(100, within(25.0));
  }

  @Test
  void nothingIsToldAfterFiveMinutesWithoutCalls() {
    call(1, 1_000_000);
    look();
    for (int i = 0; i < 59; i++) {
      look();
    }
    assertThat(recent.callsPerSecond()).isPositive();

    look();

    assertThat(recent.isIdle()).isTrue();
    assertThat(recent.callsPerSecond()).isZero();
    assertThat(recent.percentile(0.95)).isZero();
  }
}
