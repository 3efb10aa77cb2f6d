package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsideTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final ScheduledThreadPoolExecutor clock = Clocks.make("test-clock");
  private final Aside aside = new Aside(clock);

  @AfterEach
  void stop() {
    clock.shutdownNow();
  }

  @Test
  void whatComesOfItIsHandedBack() throws Exception {
    ClassLoader loader = new ClassLoader(null) {};
    assertThat(
            Server.get(
                aside.run(loader, LONG, () -> Thread.currentThread().getContextClassLoader())))
        .isSameAs(loader);
    assertThat(clock.getQueue()).isEmpty();
    assertThatThrownBy(
            () ->
                aside
                    .run(
                        null,
                        LONG,
                        () -> {
                          throw new IOException("x");
                        })
                    .get())
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whatTakesTooLongIsInterruptedAndWhatItMakesLateIsClosed() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    AutoCloseable late = () -> closed.set(true);
    assertThatThrownBy(
            () ->
                aside
                    .run(
                        null,
                        Duration.ofMillis(5),
                        () -> {
                          while (!Thread.interrupted()) {
                            Thread.onSpinWait();
                          }
                          interrupted.countDown();
                          go.await();
                          return late;
                        })
                    .get())
        .hasCauseInstanceOf(TimeoutException.class);
    interrupted.await();
    assertThat(closed).isFalse();
    go.countDown();
    await().untilTrue(closed);
  }
}
