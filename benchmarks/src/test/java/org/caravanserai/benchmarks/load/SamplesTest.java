package org.caravanserai.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void quantilesAreValuesThatWereMeasured() {
    var samples = new Samples();
    for (int value = 200; value >= 1; value--) {
      samples.add(value);
    }

    assertThat(samples.min()).isEqualTo(1);
    assertThat(samples.median()).isEqualTo(100);
    assertThat(samples.p99()).isEqualTo(198);
    assertThat(samples.quantile(1)).isEqualTo(200);
  }

  @Test
  void oneIsAllQuantiles() {
    var samples = new Samples();
    samples.add(7);

    assertThat(samples.min()).isEqualTo(7);
    assertThat(samples.p99()).isEqualTo(7);
  }

  @Test
  void othersAreAdded() {
    var some = new Samples();
    some.add(1);
    var more = new Samples();
    more.add(3);
    more.addAll(some);

    assertThat(more.size()).isEqualTo(2);
    assertThat(more.min()).isEqualTo(1);
  }

  @Test
  void noneHaveNoQuantile() {
    assertThatThrownBy(() -> new Samples().median()).isInstanceOf(IllegalStateException.class);
  }
}
