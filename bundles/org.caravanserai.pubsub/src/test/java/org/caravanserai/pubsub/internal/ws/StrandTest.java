package org.caravanserai.pubsub.internal.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrandTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void whatIsGivenIsDoneInOrderWhateverFails() {
    Strand strand = new Strand(threads);
    List<Integer> done = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      strand.execute(
          () -> {
            done.add(number);
            if (number == 500) {
              throw new IllegalStateException("on purpose");
            }
          });
    }
    await().until(() -> done.size() == 1000);
    assertThat(done).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void oneThatHasMuchToDoDoesNotKeepOthersFromTheirTurn() {
    ExecutorService one = Executors.newSingleThreadExecutor();
    List<String> done = new CopyOnWriteArrayList<>();
    Strand busy = new Strand(one);
    Strand other = new Strand(one);
    one.execute(
        () -> {
          for (int i = 0; i < 1000; i++) {
            busy.execute(() -> done.add("busy"));
          }
          other.execute(() -> done.add("other"));
        });
    await().until(() -> done.size() == 1001);
    assertThat(done.indexOf("other")).isLessThan(100);
    one.shutdownNow();
  }

  @Test
  void afterTheEndNothingIsDone() {
    Strand strand = new Strand(threads);
    threads.shutdownNow();
    strand.execute(() -> {});
    assertThat(threads.isShutdown()).isTrue();
  }
}
