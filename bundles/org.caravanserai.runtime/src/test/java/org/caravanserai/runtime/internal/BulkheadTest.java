package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.runtime.PooledCall;
import org.junit.jupiter.api.Test;

class BulkheadTest {

  private final Bulkhead bulkhead = new Bulkhead();

  private static PoolTask task() {
    return new PoolTask(
        null,
        new LiveSlot("a", new Leftovers(Clocks.make("test"))),
        new PooledCall() {
          @Override
          protected void run() {}

          @Override
          protected void timedOut() {}
        },
        0);
  }

  @Test
  void placesAreCounted() {
    assertThat(bulkhead.admit(2)).isTrue();
    assertThat(bulkhead.admit(2)).isTrue();
    assertThat(bulkhead.admit(2)).isFalse();
    bulkhead.leave();
    assertThat(bulkhead.admit(2)).isTrue();
  }

  @Test
  void thoseWhoWaitBeginInTheirOrder() {
    PoolTask first = task();
    PoolTask second = task();
    PoolTask third = task();
    assertThat(bulkhead.beginOrWait(first, 1)).isSameAs(first);
    assertThat(bulkhead.beginOrWait(second, 1)).isNull();
    assertThat(bulkhead.beginOrWait(third, 1)).isNull();
    assertThat(bulkhead.next(1)).isNull();
    bulkhead.threadFree();
    assertThat(bulkhead.next(1)).isSameAs(second);
    assertThat(bulkhead.next(1)).isNull();
    assertThat(bulkhead.next(2)).isSameAs(third);
    assertThat(bulkhead.waiting()).isEmpty();
  }

  @Test
  void nobodyWaitsForEverAndNeverTooManyRun() throws Exception {
    int tasks = 20_000;
    int share = 2;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore done = new Semaphore(0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < tasks / 4; n++) {
                  PoolTask next = bulkhead.beginOrWait(task(), share);
                  while (next != null) {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    running.decrementAndGet();
                    done.release();
                    bulkhead.threadFree();
                    next = bulkhead.next(share);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(done.availablePermits()).isEqualTo(tasks);
    assertThat(most.get()).isBetween(1, share);
    assertThat(bulkhead.waiting()).isEmpty();
  }
}
