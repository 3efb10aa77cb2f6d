package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallPoolTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(30);

  /** Blocks until it is let go; a stubborn one is deaf to interrupts. */
  @ServiceName("test.blocked")
  public static class Blocked implements Service<String, String> {

    static volatile Semaphore go = new Semaphore(0);
    static final AtomicInteger inside = new AtomicInteger();
    static final AtomicInteger mostInside = new AtomicInteger();
    static final AtomicInteger interrupted = new AtomicInteger();

    @Override
    public String handle(String input, Context context) throws InterruptedException {
      mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        if (input.equals("stubborn")) {
          go.acquireUninterruptibly();
        } else {
          go.acquire();
        }
      } catch (InterruptedException timeUp) {
        interrupted.incrementAndGet();
        throw timeUp;
      } finally {
        inside.decrementAndGet();
      }
      return input;
    }
  }

  /** Leaves itself in its thread, and tells whether it found itself there. */
  @ServiceName("test.forgetful")
  public static class Forgetful implements Service<String, String> {

    private static final ThreadLocal<Object> LEFT = new ThreadLocal<>();

    @Override
    public String handle(String input, Context context) {
      boolean found = LEFT.get() != null;
      LEFT.set(this);
      return found ? "found" : "nothing";
    }
  }

  @Test
  void whatARevisionLeavesInThreadsGoesWithIt() throws Exception {
    try (Server server = new Server("threads", 1)) {
      Slot slot = server.deploy(Forgetful.class);
      assertThat(Server.get(server.submit(slot, LONG, ""))).isEqualTo("nothing");
      assertThat(Server.get(server.submit(slot, LONG, ""))).isEqualTo("found");
      server.deploy(Forgetful.class);
      await().until(() -> Server.get(server.submit(slot, LONG, "")).equals("nothing"));
      assertThat(Server.get(server.submit(slot, LONG, ""))).isEqualTo("found");
    }
  }

  /** Tells which thread it runs on and whether that is interrupted. */
  @ServiceName("test.neighbour")
  public static class Neighbour implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      return Thread.currentThread().getName() + " " + Thread.currentThread().isInterrupted();
    }
  }

  private Server server;

  private Slot start(Object... settings) {
    Blocked.go = new Semaphore(0);
    Blocked.inside.set(0);
    Blocked.mostInside.set(0);
    Blocked.interrupted.set(0);
    server = new Server(settings);
    return server.deploy(Blocked.class);
  }

  @AfterEach
  void stop() {
    Blocked.go.release(10_000);
    if (server != null) {
      server.close();
    }
  }

  /** Submits a call whose answer does not matter. */
  private void fire(Slot slot) throws BusyException {
    assertThat(server.submit(slot, LONG, "x")).isNotNull();
  }

  private ServiceInfo info() {
    return server.registry.service("test.blocked").orElseThrow();
  }

  @Test
  void callsRunOnNamedDaemonThreads() throws Exception {
    start();
    Slot neighbour = server.deploy(Neighbour.class);
    assertThat((String) Server.get(server.submit(neighbour, LONG, "x")))
        .matches("serai-call-\\d+ false");
  }

  @Test
  void oneServiceHoldsAtMostItsShareOfTheThreads() throws Exception {
    Slot blocked = start("threads", 4, "queue", 100);
    Slot neighbour = server.deploy(Neighbour.class);
    List<CompletableFuture<Object>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(server.submit(blocked, LONG, "x"));
    }
    await().until(() -> Blocked.inside.get() == 2);
    assertThat((String) Server.get(server.submit(neighbour, LONG, "x"))).startsWith("serai-call");
    assertThat(server.pool.queued()).isEqualTo(18);
    assertThat(server.pool.threads()).isEqualTo(4);
    Blocked.go.release(20);
    for (CompletableFuture<Object> answer : answers) {
      assertThat(Server.get(answer)).isEqualTo("x");
    }
    assertThat(Blocked.mostInside).hasValue(2);
    await().until(() -> server.pool.queued() == 0 && server.pool.active() == 0);
  }

  @Test
  void moreThanItsShareOfThePlacesIsRefused() throws Exception {
    Slot blocked = start("threads", 4, "queue", 10);
    Slot neighbour = server.deploy(Neighbour.class);
    for (int i = 0; i < 7; i++) {
      fire(blocked);
    }
    assertThatThrownBy(() -> server.submit(blocked, LONG, "x"))
        .isInstanceOfSatisfying(
            BusyException.class, busy -> assertThat(busy.retryAfterSeconds()).isEqualTo(1))
        .hasMessageContaining("Service test.blocked");
    assertThat(info().rejected()).isEqualTo(1);
    assertThat(Server.get(server.submit(neighbour, LONG, "x"))).isNotNull();
    Blocked.go.release(7);
    await().until(() -> server.pool.active() == 0);
    Blocked.go.release();
    assertThat(Server.get(server.submit(blocked, LONG, "again"))).isEqualTo("again");
  }

  @Test
  void withoutAQueueTheShareOfTheThreadsIsAll() throws Exception {
    Slot blocked = start("threads", 2, "queue", 0);
    fire(blocked);
    assertThatThrownBy(() -> server.submit(blocked, LONG, "x")).isInstanceOf(BusyException.class);
  }

  @Test
  void aFullPoolRefuses() throws Exception {
    Slot blocked = start("threads", 2, "queue", 1, "max__concurrency__percent", 100);
    for (int i = 0; i < 3; i++) {
      fire(blocked);
    }
    Slot neighbour = server.deploy(Neighbour.class);
    assertThatThrownBy(() -> server.submit(neighbour, LONG, "x"))
        .isInstanceOf(BusyException.class)
        .hasMessage("The server has as many calls waiting as it may have");
    Blocked.go.release(3);
    await().ignoreExceptions().until(() -> server.submit(neighbour, LONG, "x") != null);
  }

  @Test
  void atItsTimeOutACallIsAnsweredAndInterrupted() throws Exception {
    Slot blocked = start("sweep__interval", 5);
    try (CapturedLog log = new CapturedLog("test.blocked")) {
      assertThat(Server.get(server.submit(blocked, SHORT, "x"))).isEqualTo("timed out");
      await().until(() -> Blocked.interrupted.get() == 1);
      await().until(() -> info().stuck() == 0 && info().failures() == 1);
      assertThat(log.text()).contains("WARN", "no answer in time").doesNotContain("ERROR");
    }
    assertThat(server.pool.stuck()).isZero();
  }

  @Test
  void aCallThatWaitsForAThreadTimesOutToo() throws Exception {
    Slot blocked = start("threads", 2, "queue", 10, "sweep__interval", 5);
    CompletableFuture<Object> running = server.submit(blocked, LONG, "x");
    assertThat(Server.get(server.submit(blocked, SHORT, "waits"))).isEqualTo("timed out");
    await().until(() -> server.pool.queued() == 0);
    Blocked.go.release();
    assertThat(Server.get(running)).isEqualTo("x");
    Blocked.go.release();
    assertThat(Server.get(server.submit(blocked, LONG, "next"))).isEqualTo("next");
    assertThat(Blocked.mostInside).hasValue(1);
  }

  @Test
  void aStuckThreadIsCountedAndMadeUpForUntilItReturns() throws Exception {
    Slot blocked = start("threads", 2, "queue", 100, "sweep__interval", 5);
    Slot neighbour = server.deploy(Neighbour.class);
    assertThat(Server.get(server.submit(blocked, SHORT, "stubborn"))).isEqualTo("timed out");
    await().until(() -> info().stuck() == 1);
    assertThat(server.pool.stuck()).isEqualTo(1);
    // It keeps its service's only thread, and the neighbours have the other one and one more.
    assertThat(Server.get(server.submit(blocked, SHORT, "x"))).isEqualTo("timed out");
    assertThat(Server.get(server.submit(neighbour, LONG, "x"))).isNotNull();
    Blocked.go.release();
    await().until(() -> info().stuck() == 0 && server.pool.stuck() == 0);
    Blocked.go.release();
    assertThat(Server.get(server.submit(blocked, LONG, "y"))).isEqualTo("y");
  }

  @Test
  void stuckServicesDoNotStarveTheOthers() throws Exception {
    Slot blocked =
        start("threads", 2, "queue", 100, "sweep__interval", 5, "max__concurrency__percent", 100);
    Slot neighbour = server.deploy(Neighbour.class);
    for (int i = 0; i < 2; i++) {
      assertThat(Server.get(server.submit(blocked, SHORT, "stubborn"))).isEqualTo("timed out");
    }
    await().until(() -> server.pool.stuck() == 2);
    assertThat(Server.get(server.submit(neighbour, LONG, "x"))).isNotNull();
  }

  @Test
  void anInterruptNeverReachesTheNextCall() throws Exception {
    Slot blocked = start("threads", 2, "queue", 1000, "sweep__interval", 1);
    Slot neighbour = server.deploy(Neighbour.class);
    List<CompletableFuture<Object>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      CompletableFuture<Object> ends = server.submit(blocked, Duration.ofNanos(i * 10_000L), "x");
      answers.add(server.submit(neighbour, LONG, "x"));
      Blocked.go.release();
      Server.get(ends);
    }
    for (CompletableFuture<Object> answer : answers) {
      assertThat((String) Server.get(answer)).endsWith(" false");
    }
  }

  @Test
  void anInterruptThatACallGivesItselfEndsWithIt() throws Exception {
    start("threads", 1, "max__concurrency__percent", 100);
    Slot plugged = server.deploy(Server.Plugged.class);
    Slot neighbour = server.deploy(Neighbour.class);
    Server.Plugged.behaviour =
        (input, context) -> {
          Thread.currentThread().interrupt();
          return input;
        };
    Server.get(server.submit(plugged, LONG, "x"));
    assertThat((String) Server.get(server.submit(neighbour, LONG, "x"))).endsWith(" false");
  }

  @Test
  void aStageThatNeverCompletesIsEndedAtTheTimeOut() throws Exception {
    start("sweep__interval", 5);
    Slot plugged = server.deploy(Server.Plugged.class);
    CompletableFuture<Object> never = new CompletableFuture<>();
    Server.Plugged.behaviour = (input, context) -> never;
    assertThat(Server.get(server.submit(plugged, SHORT, "x"))).isEqualTo("timed out");
    await().until(() -> plugged.current().orElseThrow().inside() == 0);
    await().until(never::isCancelled);
    assertThat(server.pool.stuck()).isZero();
    assertThat(server.registry.service(plugged.name()).orElseThrow().failures()).isEqualTo(1);
  }

  @Test
  void aStageHoldsNoThread() throws Exception {
    start("threads", 1, "queue", 10, "max__concurrency__percent", 100);
    Slot plugged = server.deploy(Server.Plugged.class);
    CompletableFuture<Object> later = new CompletableFuture<>();
    Server.Plugged.behaviour = (input, context) -> input.equals("now") ? input : later;
    CompletableFuture<Object> waits = server.submit(plugged, LONG, "later");
    assertThat(Server.get(server.submit(plugged, LONG, "now"))).isEqualTo("now");
    assertThat(waits).isNotDone();
    assertThat(plugged.current().orElseThrow().inside()).isEqualTo(1);
    later.complete("done");
    assertThat(Server.get(waits)).isEqualTo("done");
    assertThat(plugged.current().orElseThrow().inside()).isZero();
  }

  @Test
  void otherSizesHoldAtOnce() throws Exception {
    Slot blocked = start("threads", 2, "queue", 100);
    for (int i = 0; i < 6; i++) {
      fire(blocked);
    }
    await().until(() -> Blocked.inside.get() == 1);
    server.pool.modified(TestSettings.with("threads", 8, "queue", 100));
    Blocked.go.release();
    await().until(() -> Blocked.inside.get() >= 1 && server.pool.threads() == 8);
    for (int i = 0; i < 3; i++) {
      fire(blocked);
    }
    await().until(() -> Blocked.inside.get() == 4);
  }

  @Test
  void aPoolThatStopsAnswersWhatWaitsAndRefusesWhatComes() throws Exception {
    Slot blocked = start("threads", 2, "queue", 10, "stop__timeout", 10);
    CompletableFuture<Object> running = server.submit(blocked, LONG, "x");
    CompletableFuture<Object> waiting = server.submit(blocked, LONG, "y");
    await().until(() -> Blocked.inside.get() == 1);
    server.pool.deactivate();
    assertThat(Server.get(running)).isEqualTo("timed out");
    assertThat(Server.get(waiting)).isEqualTo("timed out");
    assertThatThrownBy(() -> server.submit(blocked, LONG, "z")).isInstanceOf(BusyException.class);
  }

  @Test
  void aPoolThatStopsLetsCallsEnd() throws Exception {
    Slot blocked = start();
    CompletableFuture<Object> running = server.submit(blocked, LONG, "x");
    await().until(() -> Blocked.inside.get() == 1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    new Thread(
            () -> {
              server.pool.deactivate();
              ended.set(running.isDone());
              stopped.countDown();
            })
        .start();
    Blocked.go.release();
    stopped.await();
    assertThat(ended).isTrue();
    assertThat(Server.get(running)).isEqualTo("x");
  }
}
