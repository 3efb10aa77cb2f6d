package org.caravanserai.deploy.internal.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BundleTurnTest {

  private final BundleTurn turn = new BundleTurn(Duration.ofMinutes(1));
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void runsAtOnceWhenNobodyElseIsAtWork() {
    turn.run(() -> done.set(true));
    assertThat(done).isTrue();
  }

  @Test
  void waitsUntilTheOtherSideHasEnded() {
    turn.giveWay();
    CompletableFuture<Void> ours = CompletableFuture.runAsync(() -> turn.run(() -> done.set(true)));
    assertThat(ours).isNotDone();
    turn.resume();
    await().until(ours::isDone);
    assertThat(done).isTrue();
  }

  @Test
  void letsTheOtherSideWaitUntilOursHasEnded() {
    turn.begin();
    CompletableFuture<Void> theirs = CompletableFuture.runAsync(turn::giveWay);
    assertThat(theirs).isNotDone();
    turn.end();
    await().until(theirs::isDone);
  }

  @Test
  void goesOnWhenTheOtherSideDoesNotEnd() {
    turn.limit(Duration.ofMillis(50));
    turn.giveWay();
    turn.run(() -> done.set(true));
    assertThat(done).isTrue();
  }

  @Test
  void letsTheOtherSideGoOnWhenOursDoesNotEnd() {
    turn.limit(Duration.ofMillis(50));
    turn.begin();
    turn.giveWay();
    turn.end();
    turn.resume();
    turn.run(() -> done.set(true));
    assertThat(done).isTrue();
  }
}
