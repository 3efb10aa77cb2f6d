package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSlotTest {

  private final Server server = new Server();

  @AfterEach
  void stop() {
    server.close();
  }

  private LiveRevision revision(int number) throws Exception {
    return (LiveRevision) server.registry.prepare(Server.Plugged.class, "d", number);
  }

  @Test
  void whoMeetsAClosedRevisionGetsIntoTheNext() throws Exception {
    LiveSlot slot = new LiveSlot("a", new Leftovers(Clocks.make("test")));
    LiveRevision old = revision(1);
    LiveRevision next = revision(2);
    slot.replace(old);
    // The moment between somebody's look at the slot and his step through the gate.
    old.gate().close();
    Thread[] caller = new Thread[1];
    CompletableFuture<LiveRevision> entered = new CompletableFuture<>();
    caller[0] = new Thread(() -> entered.complete(slot.enter()));
    caller[0].start();
    await().until(() -> caller[0].getState() != Thread.State.NEW);
    assertThat(old.inside()).isLessThanOrEqualTo(1);
    slot.replace(next);
    assertThat(Server.get(entered)).isSameAs(next);
    assertThat(next.inside()).isEqualTo(1);
    assertThat(old.inside()).isZero();
  }

  @Test
  void whoMeetsAClosedRevisionThatIsTakenAwayGetsNothing() throws Exception {
    LiveSlot slot = new LiveSlot("a", new Leftovers(Clocks.make("test")));
    LiveRevision old = revision(1);
    slot.replace(old);
    old.gate().close();
    CompletableFuture<Boolean> nothing = new CompletableFuture<>();
    new Thread(() -> nothing.complete(slot.enter() == null)).start();
    slot.remove(old);
    assertThat(Server.get(nothing)).isTrue();
  }

  @Test
  void anEmptySlotLetsNobodyIn() {
    LiveSlot slot = new LiveSlot("a", new Leftovers(Clocks.make("test")));
    assertThat(slot.enter()).isNull();
    assertThat(slot.current()).isEmpty();
    assertThat(slot.info()).isEmpty();
    assertThat(slot.name()).isEqualTo("a");
    assertThat(slot.logger().getName()).isEqualTo("a");
  }

  @Test
  void drainingCountsOnlyThoseWhoAreLeftBehind() throws Exception {
    LiveSlot slot = new LiveSlot("a", new Leftovers(Clocks.make("test")));
    LiveRevision first = revision(1);
    LiveRevision second = revision(2);
    slot.replace(first);
    assertThat(slot.enter()).isSameAs(first);
    assertThat(slot.enter()).isSameAs(first);
    slot.replace(second);
    assertThat(slot.enter()).isSameAs(second);
    assertThat(slot.info().orElseThrow().inside()).isEqualTo(1);
    assertThat(slot.info().orElseThrow().draining()).isEqualTo(2);
    first.gate().exit();
    assertThat(slot.info().orElseThrow().draining()).isEqualTo(1);
    first.gate().exit();
    assertThat(slot.info().orElseThrow().draining()).isZero();
    second.gate().exit();
  }
}
