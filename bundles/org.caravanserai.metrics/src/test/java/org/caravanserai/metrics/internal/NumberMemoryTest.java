package org.caravanserai.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.caravanserai.metrics.History;
import org.caravanserai.metrics.Numbers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NumberMemoryTest {

  private final NumberMemory memory = new NumberMemory(4, 2);
  private long now;

  private void moment(Runnable told) {
    now += 5;
    memory.begin(now * 1000, 5);
    told.run();
    memory.end();
  }

  private void level(String subject, double value) {
    moment(() -> memory.level(subject, "n", value));
  }

  private History.Span read(String subject, int step) {
    return memory.read(subject, 0, step).orElseThrow();
  }

  private List<@Nullable Double> values(String subject) {
    return read(subject, 5).values().get("n");
  }

  @Test
  void theLastMomentsAreKept() {
    for (int i = 1; i <= 6; i++) {
      level(Numbers.SERVER, i / 10.0);
    }

    assertThat(read(Numbers.SERVER, 5).times()).containsExactly(15L, 20L, 25L, 30L);
    assertThat(values(Numbers.SERVER)).containsExactly(0.3, 0.4, 0.5, 0.6);
  }

  @Test
  void aMomentIsNotToldBeforeItHasEnded() {
    level(Numbers.SERVER, 1);
    memory.begin(10_000, 5);

    assertThat(values(Numbers.SERVER)).containsExactly(1.0);
  }

  @Test
  void whatIsNotToldIsNothingOrUnknown() {
    moment(() -> memory.latency(Numbers.SERVER, "time", 2));
    level(Numbers.SERVER, 7);
    moment(() -> memory.level(Numbers.SERVER, "n", Double.NaN));

    assertThat(values(Numbers.SERVER)).containsExactly(0.0, 7.0, null);
    assertThat(read(Numbers.SERVER, 5).values().get("time")).containsExactly(2.0, null, null);
  }

  @Test
  void stepsHaveTheMeanOfLevelsAndTheWorstLatency() {
    moment(() -> {});
    for (int i = 1; i <= 4; i++) {
      int value = i;
      moment(
          () -> {
            memory.level(Numbers.SERVER, "n", value);
            memory.latency(Numbers.SERVER, "time", value);
          });
    }

    History.Span span = read(Numbers.SERVER, 10);

    assertThat(span.times()).containsExactly(10L, 20L);
    assertThat(span.values().get("n")).containsExactly(1.5, 3.5);
    assertThat(span.values().get("time")).containsExactly(2.0, 4.0);
  }

  @Test
  void onlyTheTimeAskedForIsTold() {
    level(Numbers.SERVER, 1);
    level(Numbers.SERVER, 2);

    assertThat(memory.read(Numbers.SERVER, 10_000, 5).orElseThrow().values().get("n"))
        .containsExactly(2.0);
  }

  @Test
  void thereAreOnlySoManySubjectsUntilOneIsForgotten() {
    level("a", 1);
    level("b", 1);
    level("c", 1);
    assertThat(memory.read("c", 0, 5)).isEmpty();

    for (int i = 0; i < 5; i++) {
      level("b", 1);
    }
    level("c", 3);

    assertThat(memory.read("a", 0, 5)).isEmpty();
    assertThat(values("c")).containsExactly(0.0, 0.0, 0.0, 3.0);
  }

  @Test
  void valuesHaveSixDigits() {
    level(Numbers.SERVER, 0.123456789);
    level(Numbers.SERVER, 123_456_789);

    assertThat(values(Numbers.SERVER)).containsExactly(0.123457, 123_456_792.0);
  }
}
