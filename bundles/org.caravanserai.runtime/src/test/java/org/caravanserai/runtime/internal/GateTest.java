package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

  private final Gate gate = new Gate();
  private final AtomicInteger drained = new AtomicInteger();

  GateTest() {
    gate.drained().thenRun(drained::incrementAndGet);
  }

  @Test
  void anOpenGateLetsInAndCounts() {
    assertThat(gate.enter()).isTrue();
    assertThat(gate.enter()).isTrue();
    assertThat(gate.inside()).isEqualTo(2);
    gate.exit();
    gate.exit();
    assertThat(gate.inside()).isZero();
    assertThat(drained).hasValue(0);
  }

  @Test
  void anEmptyGateIsDrainedWhenItCloses() {
    gate.close();
    gate.close();
    assertThat(drained).hasValue(1);
    assertThat(gate.enter()).isFalse();
    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.inside()).isZero();
    assertThat(drained).hasValue(1);
  }

  @Test
  void aClosedGateIsDrainedByTheLastWhoLeaves() {
    assertThat(gate.enter()).isTrue();
    gate.stay();
    gate.close();
    assertThat(gate.enter()).isFalse();
    assertThat(gate.inside()).isEqualTo(2);
    gate.exit();
    assertThat(drained).hasValue(0);
    gate.exit();
    assertThat(drained).hasValue(1);
  }

  @Test
  void whoGotInIsWaitedForAndNobodyGetsInLater() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      Gate contended = new Gate();
      AtomicBoolean empty = new AtomicBoolean();
      AtomicBoolean intruder = new AtomicBoolean();
      AtomicBoolean stop = new AtomicBoolean();
      Thread[] callers = new Thread[2];
      for (int i = 0; i < callers.length; i++) {
        callers[i] =
            new Thread(
                () -> {
                  while (!stop.get()) {
                    if (contended.enter()) {
                      if (empty.get()) {
                        intruder.set(true);
                      }
                      contended.exit();
                    }
                  }
                });
        callers[i].start();
      }
      contended.close();
      contended.drained().toCompletableFuture().get(20, TimeUnit.SECONDS);
      empty.set(true);
      stop.set(true);
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(intruder).isFalse();
      assertThat(contended.inside()).isZero();
    }
  }
}
