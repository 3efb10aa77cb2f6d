package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that are held up while what they are made of is replaced. */
class HoldTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Server server = new Server();
  private Slot outer;
  private Slot inner;

  /** Waits, and then calls the inner one. */
  @ServiceName("hold.outer")
  public static class Outer implements Service<String, String> {

    static CountDownLatch begun = new CountDownLatch(1);
    static CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public String handle(String input, Context context) throws InterruptedException {
      begun.countDown();
      goOn.await();
      return context.invoke("hold.inner", input, String.class);
    }
  }

  /** Answers. */
  @ServiceName("hold.inner")
  public static class Inner implements Service<String, String> {
    @Override
    public String handle(String input, Context context) {
      return "inner " + input;
    }
  }

  @BeforeEach
  void deploy() {
    Outer.begun = new CountDownLatch(1);
    Outer.goOn = new CountDownLatch(1);
    outer = server.deploy(Outer.class);
    inner = server.deploy(Inner.class);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CompletableFuture<String> call(Slot slot) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (Reply reply = server.reply(slot, "x")) {
                answer.complete(
                    reply.failure() == null
                        ? String.valueOf(reply.value())
                        : reply.failure().status() + " " + reply.failure().getMessage());
              }
            });
    thread.start();
    await()
        .until(
            () ->
                answer.isDone()
                    || thread.getState() == Thread.State.TIMED_WAITING
                    || thread.getState() == Thread.State.WAITING);
    return answer;
  }

  @Test
  void callsWaitAndMeetTheSameRevisionWhenNothingChanged() {
    CompletableFuture<String> held;
    try (ServiceRegistry.Hold hold = server.registry.hold(List.of("hold.inner"), LONG)) {
      assertThat(hold.drain(Duration.ZERO)).isTrue();
      held = call(inner);
      assertThat(held).isNotDone();
    }
    assertThat(held.join()).isEqualTo("inner x");
    assertThat(call(inner).join()).isEqualTo("inner x");
  }

  @Test
  void callsWaitWhileTheServiceIsGoneAndMeetTheNextOne() {
    List<String> told = new ArrayList<>();
    ServiceRegistry.Watch watch = server.registry.watch(slot -> told.add(slot.name()));
    ServiceRegistry.Hold hold = server.registry.hold(List.of("hold.inner"), LONG);
    server.registry.swap(List.of(), List.of(inner.current().orElseThrow()));
    CompletableFuture<String> held = call(inner);
    assertThat(held).isNotDone();
    server.deploy(Inner.class);
    assertThat(held.join()).isEqualTo("inner x");
    // Nobody closes a channel for a moment in which calls wait.
    hold.close();
    watch.close();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsGoneAtTheEndIsToldAndRefused() {
    List<String> told = new ArrayList<>();
    ServiceRegistry.Watch watch = server.registry.watch(slot -> told.add(slot.name()));
    ServiceRegistry.Hold hold = server.registry.hold(List.of("hold.inner"), LONG);
    server.registry.swap(List.of(), List.of(inner.current().orElseThrow()));
    CompletableFuture<String> held = call(inner);
    hold.close();
    watch.close();
    assertThat(held.join()).isEqualTo("503 Service hold.inner is not deployed");
    assertThat(told).containsExactly("hold.inner");
  }

  @Test
  void afterItsLimitCallsAreRefused() {
    ServiceRegistry.Hold hold = server.registry.hold(List.of("hold.inner"), Duration.ofMillis(1));
    assertThat(call(inner).join()).isEqualTo("503 Service hold.inner is being replaced");
    hold.close();
    assertThat(call(inner).join()).isEqualTo("inner x");
  }

  @Test
  void whoIsInsideMayCallAnotherThatIsHeldAndIsWaitedFor() throws Exception {
    CompletableFuture<String> inside = call(outer);
    Outer.begun.await();
    try (ServiceRegistry.Hold hold =
        server.registry.hold(List.of("hold.outer", "hold.inner"), LONG)) {
      assertThat(hold.drain(Duration.ZERO)).isFalse();
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> hold.drain(LONG));
      Outer.goOn.countDown();
      assertThat(inside.join()).isEqualTo("inner x");
      assertThat(drained.join()).isTrue();
    }
  }

  @Test
  void whatIsHeldAlreadyIsLeftToWhoHoldsIt() {
    ServiceRegistry.Hold first = server.registry.hold(List.of("hold.inner"), LONG);
    server.registry.hold(List.of("hold.inner"), LONG).close();
    CompletableFuture<String> held = call(inner);
    assertThat(held).isNotDone();
    first.close();
    assertThat(held.join()).isEqualTo("inner x");
  }

  @Test
  void aRevisionThatWasHeldIsRetiredOnlyWhenItIsEmpty() throws Exception {
    server.registry.hold(List.of("hold.outer"), LONG).close();
    CompletableFuture<String> inside = call(outer);
    Outer.begun.await();
    ServiceRevision old = outer.current().orElseThrow();
    server.deploy(Outer.class);
    CompletableFuture<Boolean> retired = server.registry.retire(old, LONG).toCompletableFuture();
    assertThat(retired).isNotDone();
    Outer.goOn.countDown();
    assertThat(inside.join()).isEqualTo("inner x");
    assertThat(retired.join()).isTrue();
  }
}
