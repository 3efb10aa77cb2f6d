package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwapTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Server server = new Server();

  @AfterEach
  void stop() {
    server.close();
  }

  /** Fails every call that comes after its close. */
  @ServiceName("test.closing")
  public static class Closing implements Service<Object, String>, AutoCloseable {

    static final AtomicLong closed = new AtomicLong();
    private volatile boolean open = true;

    @Override
    public String handle(Object input, Context context) {
      Thread.onSpinWait();
      if (!open) {
        throw new IllegalStateException("called after close");
      }
      return "ok";
    }

    @Override
    public void close() {
      open = false;
      closed.incrementAndGet();
    }
  }

  @Test
  void noCallIsLostAndNoneEntersAClosedRevision() throws Exception {
    int swaps = 2_000;
    int callers = 3;
    Closing.closed.set(0);
    Slot slot = server.deploy(Closing.class);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong answered = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    CountDownLatch ended = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      Thread caller =
          new Thread(
              () -> {
                while (!stop.get()) {
                  try (Reply reply = server.reply(slot, "x")) {
                    (reply.failure() == null ? answered : failed).incrementAndGet();
                  }
                }
                ended.countDown();
              });
      caller.start();
    }
    List<CompletableFuture<Boolean>> retirements = new ArrayList<>();
    ServiceRevision current = slot.current().orElseThrow();
    for (int i = 0; i < swaps; i++) {
      ServiceRevision next = prepared(current);
      server.registry.swap(List.of(next), List.of(current));
      retirements.add(server.registry.retire(current, LONG).toCompletableFuture());
      current = next;
    }
    stop.set(true);
    ended.await();
    for (CompletableFuture<Boolean> retirement : retirements) {
      assertThat(Server.get(retirement)).isTrue();
    }
    assertThat(failed).hasValue(0);
    assertThat(answered.get()).isPositive();
    assertThat(Closing.closed).hasValue(swaps);
    assertThat(server.registry.service("test.closing").orElseThrow().draining()).isZero();
  }

  @Test
  void whoHasMetOneNewRevisionMeetsNoOldOneInTheSameSwap() throws Exception {
    ServiceRevision like = server.deploy(Closing.class).current().orElseThrow();
    List<String> names = IntStream.range(0, 20).mapToObj(i -> "together." + i).toList();
    List<ServiceRevision> current = swapAll(like, names, 1);
    LiveSlot first = server.registry.find(names.get(0));
    LiveSlot last = server.registry.find(names.get(names.size() - 1));
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> oldAfterNew =
        CompletableFuture.supplyAsync(
            () -> {
              int found = 0;
              while (!stop.get()) {
                int one = entered(first);
                int other = entered(last);
                found += one > other || other > entered(first) ? 1 : 0;
              }
              return found;
            });
    for (int i = 2; i <= 5_000; i++) {
      current = swapAll(like, names, i);
    }
    stop.set(true);
    assertThat(current).hasSameSizeAs(names);
    assertThat(Server.get(oldAfterNew)).isZero();
  }

  private List<ServiceRevision> swapAll(ServiceRevision like, List<String> names, int number)
      throws Exception {
    List<ServiceRevision> next = new ArrayList<>();
    for (String name : names) {
      next.add(prepared(like, name, number));
    }
    server.registry.swap(next, List.of());
    return next;
  }

  private static int entered(LiveSlot slot) {
    LiveRevision entered = slot.enter();
    entered.gate().exit();
    return entered.revision();
  }

  /** A revision made here, without the thread that prepare() starts for each. */
  private static ServiceRevision prepared(ServiceRevision like) throws Exception {
    return prepared(like, like.service(), like.revision() + 1);
  }

  @SuppressWarnings("unchecked") // Closing takes and gives a String, which is an Object
  private static ServiceRevision prepared(ServiceRevision like, String name, int number)
      throws Exception {
    Service<?, ?> service = new Closing();
    Instance instance =
        new Instance(
            (Service<Object, Object>) service,
            ((LiveRevision) like).instance().binding(),
            null,
            true);
    return new LiveRevision(name, "d", number, ServiceTypes.of(Closing.class), false, instance);
  }

  @ServiceName("test.slow")
  public static class Slow implements Service<Object, String>, AutoCloseable {

    static volatile CountDownLatch inside = new CountDownLatch(1);
    static volatile CountDownLatch go = new CountDownLatch(1);
    static final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public String handle(Object input, Context context) throws InterruptedException {
      inside.countDown();
      go.await();
      return "old";
    }

    @Override
    public void close() {
      closed.set(true);
    }

    static void reset() {
      inside = new CountDownLatch(1);
      go = new CountDownLatch(1);
      closed.set(false);
    }
  }

  @ServiceName("test.slow")
  public static class Quick implements Service<Object, String> {
    @Override
    public String handle(Object input, Context context) {
      return "new";
    }
  }

  @Test
  void aCallInFlightEndsInItsRevisionWhileNewOnesMeetTheNext() throws Exception {
    Slow.reset();
    Slot slot = server.deploy(Slow.class);
    CompletableFuture<Object> old = server.submit(slot, LONG, "x");
    Slow.inside.await();
    ServiceRevision before = slot.current().orElseThrow();
    ServiceRevision next = server.registry.prepare(Quick.class, "d", 2);
    server.registry.swap(List.of(next), List.of(before));
    CompletableFuture<Boolean> retired = server.registry.retire(before, LONG).toCompletableFuture();
    assertThat(server.invoke(slot, "x")).isEqualTo("new");
    assertThat(before.inside()).isEqualTo(1);
    assertThat(server.registry.service("test.slow").orElseThrow().draining()).isEqualTo(1);
    assertThat(retired).isNotDone();
    assertThat(Slow.closed).isFalse();
    Slow.go.countDown();
    assertThat(Server.get(old)).isEqualTo("old");
    assertThat(Server.get(retired)).isTrue();
    assertThat(Slow.closed).isTrue();
    assertThat(server.registry.service("test.slow").orElseThrow().draining()).isZero();
  }

  @Test
  void aRetirementThatTakesTooLongLogsWhoIsInsideAndClosesAllTheSame() throws Exception {
    Slow.reset();
    try (CapturedLog log = new CapturedLog(Retirement.class.getName())) {
      Slot slot = server.deploy(Slow.class);
      CompletableFuture<Object> old = server.submit(slot, LONG, "x");
      Slow.inside.await();
      ServiceRevision before = slot.current().orElseThrow();
      CompletableFuture<Boolean> retired =
          server.registry.retire(before, Duration.ofMillis(1)).toCompletableFuture();
      assertThat(Server.get(retired)).isFalse();
      assertThat(Slow.closed).isTrue();
      assertThat(log.text()).contains("1 calls are still inside", "serai-call-", "Slow.handle");
      Slow.go.countDown();
      assertThat(Server.get(old)).isEqualTo("old");
    }
  }

  @Test
  void aRevisionIsHeldUntilTheReplyIsClosed() throws Exception {
    Slot slot = server.deploy(Quick.class);
    Reply reply = server.reply(slot, server.call(Payload.NONE));
    ServiceRevision revision = slot.current().orElseThrow();
    CompletableFuture<Boolean> retired =
        server.registry.retire(revision, LONG).toCompletableFuture();
    assertThat(revision.inside()).isEqualTo(1);
    assertThat(retired).isNotDone();
    reply.close();
    reply.close();
    assertThat(Server.get(retired)).isTrue();
    assertThat(revision.inside()).isZero();
  }

  @Test
  void aSlotWithoutAServiceAnswers503() {
    Slot slot = server.registry.slot("no.such");
    assertThat(server.registry.slot("no.such")).isSameAs(slot);
    assertThatThrownBy(() -> server.invoke(slot, "x"))
        .isInstanceOfSatisfying(
            ServiceException.class,
            failure -> {
              assertThat(failure.status()).isEqualTo(503);
              assertThat(failure.details()).isEqualTo("Service no.such is not deployed");
              assertThat(failure.retryAfterSeconds()).isEqualTo(1);
            });
    assertThat(server.registry.services()).isEmpty();
    assertThat(server.registry.service("no.such")).isEmpty();
  }

  @Test
  void whatIsTakenOutLeavesAnEmptySlot() throws Exception {
    Slot slot = server.deploy(Quick.class);
    ServiceRevision revision = slot.current().orElseThrow();
    server.registry.swap(List.of(), List.of(revision));
    assertThat(slot.current()).isEmpty();
    assertThatThrownBy(() -> server.registry.swap(List.of(revision), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    server.registry.swap(List.of(), List.of(revision));
    assertThat(slot.current()).isEmpty();
  }

  @Test
  void takingAnOldOneOutLeavesTheNewOneThere() throws Exception {
    Slot slot = server.deploy(Quick.class);
    ServiceRevision old = slot.current().orElseThrow();
    server.deploy(Slow.class);
    server.registry.swap(List.of(), List.of(old));
    assertThat(slot.current()).isPresent();
    ServiceRevision current = slot.current().orElseThrow();
    server.registry.swap(List.of(current), List.of(current));
    assertThat(slot.current()).containsSame(current);
  }

  @Test
  void aRevisionThatWasNeverCurrentCanBeRetired() throws Exception {
    ServiceRevision never = server.registry.prepare(Closing.class, "d", 1);
    long closedBefore = Closing.closed.get();
    assertThat(Server.get(server.registry.retire(never, LONG).toCompletableFuture())).isTrue();
    assertThat(Closing.closed).hasValue(closedBefore + 1);
  }

  @ServiceName("test.bad-close")
  public static class BadClose implements Service<Void, Void>, AutoCloseable {
    @Override
    public Void handle(Void input, Context context) {
      return null;
    }

    @Override
    public void close() {
      while (!Thread.interrupted()) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aCloseThatHangsIsGivenUp() throws Exception {
    try (Server quick = new Server("construct__timeout", 20);
        CapturedLog log = new CapturedLog(Retirement.class.getName())) {
      ServiceRevision revision = quick.registry.prepare(BadClose.class, "d", 1);
      assertThat(Server.get(quick.registry.retire(revision, LONG).toCompletableFuture())).isTrue();
      assertThat(log.text()).contains("test.bad-close (d rev-1): close() failed or took longer");
    }
  }

  @Test
  void infoTellsWhatIsDeployed() throws Exception {
    Slot slot = server.deploy(Quick.class);
    server.invoke(slot, "x");
    assertThat(server.registry.services())
        .singleElement()
        .satisfies(
            info -> {
              assertThat(info.name()).isEqualTo("test.slow");
              assertThat(info.deployment()).isEqualTo("Quick");
              assertThat(info.input()).isEqualTo("java.lang.Object");
              assertThat(info.output()).isEqualTo("java.lang.String");
              assertThat(info.calls()).isEqualTo(1);
              assertThat(info.failures()).isZero();
              assertThat(info.inside()).isZero();
            });
    Awaitility.await().until(() -> slot.current().orElseThrow().inside() == 0);
  }
}
