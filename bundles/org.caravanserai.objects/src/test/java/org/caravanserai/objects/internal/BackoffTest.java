package org.caravanserai.objects.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  @Test
  void doublesUpToTheLongest() {
    assertThat(backoff.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.after(6)).isEqualTo(Duration.ofSeconds(32));
    assertThat(backoff.after(7)).isEqualTo(Duration.ofSeconds(60));
    assertThat(backoff.after(1_000_000)).isEqualTo(Duration.ofSeconds(60));
  }
}
