package org.caravanserai.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravanserai.api.Retry;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Slot;
import org.caravanserai.runtime.internal.Helpers.Second;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that are tried again. */
@SuppressWarnings("FutureReturnValueIgnored") // the service here returns stages as objects
class RetryTest {

  private final Server server = new Server("sweep__interval", 5);
  private final AtomicInteger attempts = new AtomicInteger();
  private Slot slot;

  @BeforeEach
  void deploy() {
    slot = server.deploy(Server.Plugged.class);
    server.deploy(Second.class);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void does(Service<Object, Object> behaviour) {
    Server.Plugged.behaviour = behaviour;
  }

  /** Fails by a status the first few times. */
  private void failsBy(int status, int times, int retryAfter) {
    Second.behaviour =
        (input, context) -> {
          if (attempts.incrementAndGet() <= times) {
            throw new ServiceException(status, "no " + attempts.get(), null, retryAfter);
          }
          return "done";
        };
  }

  private static Retry fast(Retry retry) {
    return retry.backoff(Duration.ofMillis(1), Duration.ofMillis(2));
  }

  @Test
  void whatPassesIsTriedAgain() {
    failsBy(503, 2, 0);
    does((input, context) -> fast(context.retry("test.second", 1)).invoke(String.class));

    assertThat(server.invoke(slot, Map.of())).isEqualTo("done");
    assertThat(attempts.get()).isEqualTo(3);
  }

  @Test
  void theLastFailureIsTheAnswer() {
    failsBy(503, 9, 0);
    does(
        (input, context) ->
            fast(context.retry("test.second", 1)).attempts(4).jitter(0).invoke(String.class));

    assertThatThrownBy(() -> server.invoke(slot, Map.of())).hasMessage("no 4");
  }

  @Test
  void whatIsWrongIsNotTriedAgain() {
    failsBy(400, 9, 0);
    does((input, context) -> fast(context.retry("test.second", 1)).invoke(String.class));

    assertThatThrownBy(() -> server.invoke(slot, Map.of())).hasMessage("no 1");
  }

  @Test
  void theCallerChoosesWhatIsWorthIt() {
    failsBy(409, 1, 0);
    does(
        (input, context) ->
            fast(context.retry("test.second", 1))
                .retryIf(failure -> failure.status() == 409)
                .invoke(String.class));

    assertThat(server.invoke(slot, Map.of())).isEqualTo("done");
  }

  @Test
  void anAttemptThatWouldBeTooLateIsNotMade() throws Exception {
    failsBy(503, 9, 3600);
    does(
        (input, context) -> {
          try {
            return fast(context.retry("test.second", 1)).invoke(String.class);
          } catch (ServiceException failure) {
            return failure.getMessage();
          }
        });

    CompletableFuture<Object> answer = server.submit(slot, Duration.ofSeconds(10), Map.of());

    assertThat(Server.get(answer)).isEqualTo("no 1");
  }

  @Test
  void nobodyWaitsForAttemptsInTheBackground() {
    failsBy(500, 2, 0);
    does(
        (input, context) ->
            fast(context.retry("test.second", 1))
                .invokeAsync(String.class)
                .thenApply(output -> "async " + output));

    assertThat(server.invoke(slot, Map.of())).isEqualTo("async done");
    await().until(() -> slot.current().orElseThrow().inside() == 0);
  }

  @Test
  void theBackgroundGivesUpTooAndCanBeCancelled() {
    failsBy(503, 9, 0);
    does((input, context) -> fast(context.retry("test.second", 1)).invokeAsync(String.class));
    assertThatThrownBy(() -> server.invoke(slot, Map.of())).hasMessage("no 3");

    does(
        (input, context) ->
            context
                .retry("test.second", 1)
                .backoff(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .invokeAsync(String.class)
                .toCompletableFuture()
                .cancel(true));
    assertThat(server.invoke(slot, Map.of())).isEqualTo(true);
    await().until(() -> slot.current().orElseThrow().inside() == 0);
  }

  @Test
  void badRulesAreRefused() {
    does(
        (input, context) -> {
          Retry retry = context.retry("test.second", Server.stream("once"));
          assertThatThrownBy(() -> retry.attempts(0)).hasMessage("0 attempts: at least 1");
          assertThatThrownBy(() -> retry.jitter(101)).hasMessageContaining("0 to 100");
          assertThatThrownBy(() -> retry.backoff(Duration.ofMillis(-1), Duration.ZERO))
              .hasMessageContaining("negative");
          assertThatThrownBy(() -> retry.invoke(String.class))
              .hasMessageContaining("read only once");
          return "seen";
        });

    assertThat(server.invoke(slot, Map.of())).isEqualTo("seen");
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    Pauses pauses = new Pauses(Duration.ofNanos(10), Duration.ofNanos(65), 0);
    assertThat(pauses.nanos(1)).isEqualTo(10);
    assertThat(pauses.nanos(3)).isEqualTo(40);
    assertThat(pauses.nanos(4)).isEqualTo(65);
    assertThat(pauses.nanos(4000)).isEqualTo(65);
    Pauses more = new Pauses(Duration.ofNanos(1000), Duration.ofNanos(1000), 50);
    assertThat(more.nanos(1)).isBetween(500L, 1500L);
  }
}
