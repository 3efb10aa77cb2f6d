package org.caravanserai.management.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EventMemoryTest {

  private static final Duration NOT_AT_ALL = Duration.ZERO;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final EventMemory memory = new EventMemory(3, 100, 1000);

  private void add(int size) {
    memory.add(number -> new Event(number, Event.LOG, "event " + number, size));
  }

  private static List<Long> numbers(EventMemory.Batch batch) {
    return batch.events().stream().map(Event::number).toList();
  }

  @Test
  void aReaderGoesOnFromWhereItIs() throws InterruptedException {
    assertThat(memory.last()).isEqualTo(1000);
    add(1);
    add(1);
    EventMemory.Batch first = memory.after(1000, 1, NOT_AT_ALL);
    assertThat(numbers(first)).containsExactly(1001L);
    EventMemory.Batch second = memory.after(first.last(), 9, NOT_AT_ALL);
    assertThat(numbers(second)).containsExactly(1002L);
    EventMemory.Batch none = memory.after(second.last(), 9, NOT_AT_ALL);
    assertThat(none.events()).isEmpty();
    assertThat(none.last()).isEqualTo(1002);
  }

  @Test
  void whoIsTooSlowIsToldHowMuchIsLost() throws InterruptedException {
    for (int i = 0; i < 8; i++) {
      add(1);
    }
    EventMemory.Batch batch = memory.after(1002, 9, NOT_AT_ALL);
    assertThat(numbers(batch)).containsExactly(1006L, 1007L, 1008L);
    assertThat(batch.lost()).isEqualTo(3);
    assertThat(memory.after(1005, 9, NOT_AT_ALL).lost()).isZero();
  }

  @Test
  void keepsNoMoreCharactersThanItMayButAlwaysTheLastEvent() {
    add(60);
    add(60);
    assertThat(memory.all()).hasSize(1);
    add(500);
    assertThat(memory.all()).extracting(Event::number).containsExactly(1003L);
  }

  @Test
  void aNumberOfAnotherLifeMeansAllThereIs() throws InterruptedException {
    add(1);
    add(1);
    assertThat(numbers(memory.after(7, 9, NOT_AT_ALL))).containsExactly(1001L, 1002L);
    assertThat(numbers(memory.after(5000, 9, NOT_AT_ALL))).containsExactly(1001L, 1002L);
  }

  @Test
  void waitsForTheNextEventAndForTheEnd() {
    CompletableFuture<EventMemory.Batch> next = waiting();
    add(1);
    await().until(next::isDone);
    assertThat(numbers(next.join())).containsExactly(1001L);
    CompletableFuture<EventMemory.Batch> end = waiting();
    memory.close();
    await().until(end::isDone);
    assertThat(end.join().events()).isEmpty();
    assertThat(memory.isClosed()).isTrue();
  }

  private CompletableFuture<EventMemory.Batch> waiting() {
    long last = memory.last();
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return memory.after(last, 9, LONG);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
