package org.caravanserai.cache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Cache;
import org.caravanserai.api.CacheKeys;
import org.caravanserai.api.ServiceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that are computed once, whoever asks. */
class ComputationTest {

  private final Hand clock = new Hand();
  final LiveCaches caches = new LiveCaches(1_000_000, clock);
  final Cache cache = caches.usual(new JsonCaller());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** What is computed. */
  public record Price(int cents) {}

  @BeforeEach
  void open() {
    terms(Terms.USUAL);
  }

  /** Where the values are. */
  Optional<RedisServer> redis() {
    return Optional.empty();
  }

  /** Time goes by. */
  void turn(Duration by) {
    clock.turn(by);
  }

  private void terms(Terms terms) {
    caches.open("default", terms, redis(), false);
  }

  @AfterEach
  void close() throws InterruptedException {
    goOn.countDown();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    caches.close();
  }

  private Price slow() throws InterruptedException {
    runs.incrementAndGet();
    begun.countDown();
    goOn.await();
    return new Price(250);
  }

  private Future<Price> ask(Cache by) {
    return threads.submit(() -> by.getOrCompute("price", Price.class, this::slow));
  }

  /** Somebody computes, and somebody else waits for it. */
  private Future<Price> waiting(Callable<Price> asking) throws InterruptedException {
    begun.await();
    Thread[] waiter = new Thread[1];
    Future<Price> answer =
        threads.submit(
            () -> {
              waiter[0] = Thread.currentThread();
              return asking.call();
            });
    await()
        .until(
            () ->
                waiter[0] != null
                    && (waiter[0].getState() == Thread.State.WAITING
                        || waiter[0].getState() == Thread.State.TIMED_WAITING));
    return answer;
  }

  @Test
  void itIsComputedOnceForAllWhoAskAtTheSameTime() throws Exception {
    List<Future<Price>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(ask(cache));
    }
    begun.await();
    goOn.countDown();

    for (Future<Price> answer : answers) {
      assertThat(answer.get()).isEqualTo(new Price(250));
    }
    assertThat(runs).hasValue(1);
    assertThat(cache.get("price", Price.class)).isEqualTo(new Price(250));
  }

  @Test
  void itIsKeptAsLongAsItSays() {
    Price made = cache.getOrCompute("k", Price.class, Duration.ofMinutes(5), () -> new Price(1));
    assertThat(made).isEqualTo(new Price(1));
    turn(Duration.ofMinutes(6));

    assertThat(cache.getOrCompute("k", Price.class, () -> new Price(2))).isEqualTo(new Price(2));
    assertThat(cache.getOrCompute("k", Price.class, () -> new Price(3))).isEqualTo(new Price(2));
  }

  @Test
  void aFailureIsThatOfAllWhoWaitAndIsNotKept() throws Exception {
    Future<Price> first =
        threads.submit(
            () ->
                cache.getOrCompute(
                    "price",
                    Price.class,
                    () -> {
                      slow();
                      throw new ServiceException(502, "the shop is closed");
                    }));
    Future<Price> second =
        waiting(() -> cache.getOrCompute("price", Price.class, () -> new Price(1)));
    goOn.countDown();

    for (Future<Price> each : List.of(first, second)) {
      assertThatThrownBy(each::get)
          .cause()
          .isInstanceOfSatisfying(
              ServiceException.class,
              failure -> {
                assertThat(failure.status()).isEqualTo(502);
                assertThat(failure.details()).isEqualTo("the shop is closed");
              });
    }
    assertThat(cache.getOrCompute("price", Price.class, () -> new Price(1)))
        .isEqualTo(new Price(1));
  }

  @Test
  void itsOwnExceptionIsThrownAsItIs() {
    assertThatThrownBy(
            () ->
                cache.getOrCompute(
                    "k",
                    Price.class,
                    () -> {
                      throw new IOException("away");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("away");
  }

  @Test
  void nothingIsNotKept() {
    assertThat(cache.<Price, RuntimeException>getOrCompute("k", Price.class, () -> null)).isNull();

    assertThat(cache.contains("k")).isFalse();
  }

  @Test
  void whoWaitsDoesSoForAsLongAsItsCallMayTake() throws Exception {
    Future<Price> first = ask(cache);
    begun.await();
    Cache hurried = caches.usual(new JsonCaller(1));

    assertThatThrownBy(() -> ask(hurried).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ServiceException.class, refusal -> assertThat(refusal.status()).isEqualTo(504));
    goOn.countDown();
    assertThat(first.get()).isEqualTo(new Price(250));
  }

  @Test
  void whatIsDeletedWhileItIsComputedIsNotKept() throws Exception {
    Future<Price> first = ask(cache);
    begun.await();
    assertThat(cache.delete(CacheKeys.byPrefix("pri"))).isZero();
    goOn.countDown();

    assertThat(first.get()).isEqualTo(new Price(250));
    assertThat(cache.contains("price")).isFalse();
  }

  @Test
  void whatIsPutWhileItIsComputedStays() throws Exception {
    Future<Price> first = ask(cache);
    begun.await();
    cache.put("price", new Price(1));
    goOn.countDown();

    assertThat(first.get()).isEqualTo(new Price(250));
    assertThat(cache.get("price", Price.class)).isEqualTo(new Price(1));
  }

  @Test
  void aValueThatIsComputedFromItselfIsTold() {
    assertThatThrownBy(
            () ->
                cache.getOrCompute(
                    "k",
                    Price.class,
                    () -> cache.getOrCompute("k", Price.class, () -> new Price(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("computed from itself");
    assertThat(cache.getOrCompute("k", Price.class, () -> new Price(2))).isEqualTo(new Price(2));
  }

  @Test
  void whatIsTooLargeIsReturnedAndNotKept() {
    terms(new Terms(10, 5, false, true, Optional.empty()));

    assertThat(cache.getOrCompute("k", String.class, () -> "too large")).isEqualTo("too large");
    assertThat(cache.contains("k")).isFalse();
    assertThat(cache.getOrCompute("k", String.class, () -> "small")).isEqualTo("small");
    assertThat(cache.contains("k")).isTrue();
  }
}
