package org.caravanserai.runtime.internal;

import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.caravanserai.api.Retry;
import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * The call of a service that is tried several times.
 *
 * @param calls where it is made
 * @param service the service
 * @param payload its input
 * @param attempts how often at most
 * @param pauses how long between
 * @param worthIt which failures are worth another attempt
 */
record Retrying(
    NestedCalls calls,
    String service,
    @Nullable Object payload,
    int attempts,
    Pauses pauses,
    Predicate<ServiceException> worthIt)
    implements Retry {

  private static final int USUAL_ATTEMPTS = 3;
  private static final Pauses USUAL_PAUSES =
      new Pauses(Duration.ofMillis(200), Duration.ofSeconds(5), 20);

  /** What may pass by itself (RFC 9110, section 15; RFC 6585; RFC 8470). */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  Retrying {
    if (attempts < 1) {
      throw new IllegalArgumentException(attempts + " attempts: at least 1");
    }
  }

  /** With what holds where nothing else is said. */
  static Retrying usual(NestedCalls calls, String service, @Nullable Object payload) {
    return new Retrying(
        calls,
        service,
        payload,
        USUAL_ATTEMPTS,
        USUAL_PAUSES,
        failure -> PASSING.contains(failure.status()));
  }

  @Override
  public Retry attempts(int atMost) {
    return new Retrying(calls, service, payload, atMost, pauses, worthIt);
  }

  @Override
  public Retry backoff(Duration first, Duration longest) {
    Pauses changed = new Pauses(first, longest, pauses.jitterPercent());
    return new Retrying(calls, service, payload, attempts, changed, worthIt);
  }

  @Override
  public Retry jitter(int percent) {
    Pauses changed = new Pauses(pauses.first(), pauses.longest(), percent);
    return new Retrying(calls, service, payload, attempts, changed, worthIt);
  }

  @Override
  public Retry retryIf(Predicate<ServiceException> choice) {
    return new Retrying(calls, service, payload, attempts, pauses, choice);
  }

  @Override
  public <T> @Nullable T invoke(Class<T> type) {
    checkPayload();
    long end = System.nanoTime() + calls.nanosLeft();
    for (int tried = 1; ; tried++) {
      try {
        return calls.invoke(service, payload, type);
      } catch (ServiceException failure) {
        long pause = pause(failure, tried, end);
        if (pause < 0 || calls.caller().isTooLate() || !slept(pause)) {
          throw failure;
        }
      }
    }
  }

  private static boolean slept(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * How long to wait, in nanoseconds; negative if it is not worth it.
   *
   * @param tried how many attempts have failed
   * @param end when the time is up
   */
  private long pause(ServiceException failure, int tried, long end) {
    if (tried >= attempts || !worthIt.test(failure)) {
      return -1;
    }
    long asked = TimeUnit.SECONDS.toNanos(failure.retryAfterSeconds());
    long pause = Math.max(asked, pauses.nanos(tried));
    return end - System.nanoTime() > pause ? pause : -1;
  }

  private void checkPayload() {
    if (payload instanceof InputStream) {
      throw new IllegalArgumentException("A stream can be read only once, not for each attempt");
    }
  }

  @Override
  public <T> CompletionStage<@Nullable T> invokeAsync(Class<T> type) {
    checkPayload();
    calls.checkOpen();
    long millis = calls.invoker().asyncTimeoutMillis();
    Later<T> later =
        new Later<>(this, type, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    // What is chained to the result is the caller's code: its revision stays until that has run.
    calls.caller().revision().gate().stay();
    later.attempt();
    return later.result;
  }

  /** The attempts for which nobody waits. */
  private static final class Later<T> {

    private final Retrying call;
    private final Class<T> type;
    private final long end;
    private final CompletableFuture<@Nullable T> result = new CompletableFuture<>();
    private int tried;

    Later(Retrying call, Class<T> type, long end) {
      this.call = call;
      this.type = type;
      this.end = end;
    }

    private void attempt() {
      if (result.isDone()) {
        call.calls.caller().revision().gate().exit();
        return;
      }
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      CompletableFuture<@Nullable T> running =
          call.calls.submit(call.service, call.payload, type, left);
      CompletableFuture<@Nullable T> unused =
          result.whenComplete(
              (output, failure) -> {
                if (result.isCancelled()) {
                  running.cancel(true);
                }
              });
      unused = running.whenComplete(this::ended);
    }

    private void ended(@Nullable T output, @Nullable Throwable failure) {
      tried++;
      if (failure instanceof ServiceException told && !result.isDone()) {
        long pause = call.pause(told, tried, end);
        if (pause >= 0 && call.calls.invoker().later(this::attempt, pause)) {
          return;
        }
      }
      try {
        if (failure == null) {
          result.complete(output);
        } else {
          result.completeExceptionally(failure);
        }
      } finally {
        call.calls.caller().revision().gate().exit();
      }
    }
  }
}
