package org.caravanserai.rest.internal.outgoing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.caravanserai.api.ServiceException;
import org.caravanserai.metrics.ConnectionMeter;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message on its way: as many attempts as it takes, and its answer. */
final class Sending {

  private static final Logger LOG = LoggerFactory.getLogger("org.caravanserai.rest.outgoing");

  private final Supplier<Target> current;
  private final Message message;
  private final String cid;
  private final LongSupplier nanosLeft;
  private final ConnectionMeter meter;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final long begin = System.nanoTime();
  private int attempts;
  private boolean renewed;
  private volatile @Nullable Attempt attempt;

  /**
   * A message that is not sent yet.
   *
   * @param current gives the target to use, which has been entered; each attempt asks anew
   * @param cid the correlation id, for the log
   * @param nanosLeft how long the caller still waits
   * @param meter counts it
   */
  Sending(
      Supplier<Target> current,
      Message message,
      String cid,
      LongSupplier nanosLeft,
      ConnectionMeter meter) {
    this.current = current;
    this.message = message;
    this.cid = cid;
    this.nanosLeft = nanosLeft;
    this.meter = meter;
  }

  /** Begins; the answer fails with a {@link ServiceException} only. */
  CompletableFuture<Answer> start() {
    CompletableFuture<Answer> unused =
        answer.whenComplete(
            (got, failure) -> {
              long nanos = System.nanoTime() - begin;
              if (got == null) {
                meter.failed(nanos);
              } else {
                meter.answered(got.status(), nanos);
              }
            });
    next();
    return answer;
  }

  /** Gives up. */
  void cancel() {
    Attempt running = attempt;
    answer.completeExceptionally(
        new ServiceException(504, "The time of the call ran out while it waited for an answer"));
    if (running != null) {
      running.cancel(new TimeoutException("given up"));
    }
  }

  private void next() {
    if (answer.isDone()) {
      return;
    }
    Target target;
    try {
      target = current.get();
    } catch (ServiceException e) {
      answer.completeExceptionally(e);
      return;
    }
    CompletableFuture<Map<String, String>> credentials = target.credentials();
    if (credentials.isDone()) {
      attempt(target, credentials);
    } else {
      CompletableFuture<Map<String, String>> unused =
          credentials.whenComplete((headers, failure) -> attempt(target, credentials));
    }
  }

  private void attempt(Target target, CompletableFuture<Map<String, String>> credentials) {
    Map<String, String> shown;
    try {
      shown = credentials.join();
    } catch (CompletionException e) {
      target.uses().exit();
      fail(target, e);
      return;
    }
    if (answer.isDone()) {
      target.uses().exit();
      return;
    }
    CircuitBreaker breaker = target.breaker();
    if (breaker != null && !breaker.tryAcquirePermission()) {
      target.uses().exit();
      answer.completeExceptionally(
          Fault.passing(
              "Connection " + target.name() + " failed too often and rests for a while",
              null,
              target.restSeconds()));
      return;
    }
    attempts++;
    Attempt now = new Attempt(target);
    attempt = now;
    long start = System.nanoTime();
    CompletableFuture<Answer> unused =
        now.answer().whenComplete((got, failure) -> ended(target, now, shown, start, got, failure));
    try {
      now.send(
          message, shown, Math.min(message.timeoutNanos(), Math.max(nanosLeft.getAsLong(), 1)));
    } catch (Exception | LinkageError e) {
      target.uses().exit();
      now.answer().completeExceptionally(e);
    }
  }

  private void ended(
      Target target,
      Attempt ended,
      Map<String, String> shown,
      long start,
      @Nullable Answer got,
      @Nullable Throwable failure) {
    CircuitBreaker breaker = target.breaker();
    if (breaker != null) {
      long took = System.nanoTime() - start;
      if (got != null && got.status() < 500) {
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      } else {
        breaker.onError(
            took,
            TimeUnit.NANOSECONDS,
            failure == null ? new ServiceException(502, "status") : failure);
      }
    }
    if (got != null && got.status() == 401 && isWorthOtherCredentials(target, shown)) {
      renewed = true;
      close(got);
      next();
      return;
    }
    boolean passed = got != null && !Retries.isPassing(got.status());
    if (passed || !retried(target, ended, got)) {
      if (got != null) {
        answer.complete(got);
      } else if (failure != null) {
        fail(target, failure);
      }
    }
  }

  /** Once only; not where the caller has given credentials of his own. */
  private boolean isWorthOtherCredentials(Target target, Map<String, String> shown) {
    return !shown.isEmpty()
        && shown.keySet().stream().noneMatch(message.headers()::containsKey)
        && target.refused(shown)
        && !renewed
        && !message.isStream()
        && !answer.isDone();
  }

  private boolean retried(Target target, Attempt ended, @Nullable Answer got) {
    boolean unseen = got == null && !ended.hasBegun();
    boolean again = unseen || (message.repeatable() && !message.isStream());
    if (!again || answer.isDone()) {
      return false;
    }
    Duration spent = Duration.ofNanos(System.nanoTime() - begin);
    Duration wait = target.retries().before(attempts, asked(got), spent);
    if (wait.isNegative() || wait.toNanos() >= nanosLeft.getAsLong()) {
      return false;
    }
    try {
      HttpClient client = target.client();
      client
          .getScheduler()
          .schedule(
              () -> client.getExecutor().execute(this::next),
              wait.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      return false;
    }
    if (got != null) {
      close(got);
    }
    LOG.debug("{}: {} through {} is tried again in {}", cid, message, target.name(), wait);
    return true;
  }

  private static void close(Answer unread) {
    try {
      unread.stream().close();
    } catch (java.io.IOException e) {
      LOG.debug("An answer that nobody reads did not close", e);
    }
  }

  /** RFC 9110, section 10.2.3, as seconds. */
  private static Duration asked(@Nullable Answer got) {
    String after = got == null ? null : got.headers().get("Retry-After");
    try {
      return after == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(after.strip()));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private void fail(Target target, Throwable failure) {
    Throwable cause = Fault.unwrap(failure);
    ServiceException told = Fault.of(cause, target);
    if (answer.completeExceptionally(told)) {
      LOG.warn(
          "{}: {} through outgoing_rest {} failed after {} attempts: {} ({})",
          cid,
          message,
          target.name(),
          attempts,
          Fault.words(cause),
          cause.toString());
    }
  }
}
