package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  private static final double LARGEST_ERROR = 0.25;

  private final Durations durations = new Durations();

  @ParameterizedTest
  @ValueSource(longs = {1_024, 1_500, 2_047, 1_000_000, 33_554_432, 60_000_000_000L})
  void aDurationLiesInItsBucket(long nanos) {
    int bucket = Durations.bucket(nanos);

    assertThat(nanos).isLessThan(Durations.end(bucket));
    assertThat(nanos).isGreaterThanOrEqualTo(Durations.end(bucket - 1));
  }

  @Test
  void whatIsTooShortOrTooLongIsCountedAtTheEnds() {
    durations.add(-1);
    durations.add(0);
    durations.add(Long.MAX_VALUE);

    assertThat(durations.count(0)).isEqualTo(2);
    assertThat(durations.count(Durations.BUCKETS - 1)).isEqualTo(1);
    assertThat(durations.total()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.95, 0.99})
  void percentilesAreNearTheTruth(double share) {
    for (int millis = 1; millis <= 1000; millis++) {
      durations.add(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    double millis = Durations.percentile(durations::count, share) / 1e6;

    assertThat(millis).isCloseTo(share * 1000, within(share * 1000 * LARGEST_ERROR));
  }

  @Test
  void nothingHasNoPercentile() {
    assertThat(durations.total()).isZero();
    assertThat(Durations.percentile(durations::count, 0.5)).isZero();
  }

  @Test
  void nothingIsLostWhenThreadsCountTogether() throws InterruptedException {
    Runnable work =
        () -> {
          for (int i = 0; i < 100_000; i++) {
            durations.add(i);
          }
        };
    Thread other = new Thread(work);
    other.start();
    work.run();
    other.join();

    assertThat(durations.total()).isEqualTo(200_000);
  }
}
