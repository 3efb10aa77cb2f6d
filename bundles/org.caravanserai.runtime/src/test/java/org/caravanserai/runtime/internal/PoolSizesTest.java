package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolSizesTest {

  @Test
  void theDefaultsGoByTheProcessors() {
    int threads = Math.max(32, 16 * Runtime.getRuntime().availableProcessors());
    assertThat(PoolSizes.of(TestSettings.with()))
        .isEqualTo(
            new PoolSizes(threads, threads + 1000, threads / 2, threads / 2 + 500, 2 * threads));
  }

  @Test
  void aServiceHoldsHalfOfAllOrWhatTheSettingSays() {
    assertThat(PoolSizes.of(TestSettings.with("threads", 10, "queue", 100, "max__stuck", 3)))
        .isEqualTo(new PoolSizes(10, 110, 5, 55, 3));
    assertThat(
            PoolSizes.of(
                TestSettings.with("threads", 10, "queue", 0, "max__concurrency__percent", 100)))
        .isEqualTo(new PoolSizes(10, 10, 10, 10, 20));
  }

  @Test
  void itMayAlwaysHaveOneThread() {
    assertThat(
            PoolSizes.of(
                TestSettings.with("threads", 1, "queue", -5, "max__concurrency__percent", -1)))
        .isEqualTo(new PoolSizes(1, 1, 1, 1, 2));
  }
}
