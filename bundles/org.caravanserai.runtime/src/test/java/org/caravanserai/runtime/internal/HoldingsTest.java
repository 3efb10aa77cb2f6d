package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {

  private final Holdings holdings = new Holdings();
  private final List<String> closed = new ArrayList<>();

  @Test
  void allAreClosedAtTheEndOnceAndTheLastFirst() {
    assertThat(holdings.add(() -> closed.add("a"))).isTrue();
    assertThat(holdings.add(() -> closed.add("b"))).isTrue();
    assertThat(holdings.hasEnded()).isFalse();
    assertThat(holdings.end()).isTrue();
    assertThat(holdings.end()).isFalse();
    assertThat(holdings.hasEnded()).isTrue();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void nothingIsHeldAfterTheEnd() {
    holdings.end();
    assertThat(holdings.add(() -> closed.add("a"))).isFalse();
    assertThat(closed).isEmpty();
  }

  @Test
  void aFailureToCloseHindersNobody() {
    holdings.add(() -> closed.add("a"));
    holdings.add(
        () -> {
          throw new IOException("x");
        });
    assertThat(holdings.end()).isTrue();
    assertThat(closed).containsExactly("a");
  }
}
