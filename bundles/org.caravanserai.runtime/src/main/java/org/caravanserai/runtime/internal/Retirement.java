package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of revisions: waits until they are empty, without holding a thread, and closes them. */
final class Retirement {

  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

  private final ScheduledExecutorService clock;
  private final Aside aside;
  private final Presence presence;
  private final Leftovers leftovers;

  Retirement(ScheduledExecutorService clock, Aside aside, Presence presence, Leftovers leftovers) {
    this.clock = clock;
    this.aside = aside;
    this.presence = presence;
    this.leftovers = leftovers;
  }

  /**
   * Retires a revision.
   *
   * @param timeout how long it may take to become empty
   * @param closeLimit how long its {@code close()} may take
   * @return completes with whether it became empty, once it is closed
   */
  CompletionStage<Boolean> retire(LiveRevision revision, Duration timeout, Duration closeLimit) {
    revision.gate().close();
    CompletableFuture<Boolean> emptied = new CompletableFuture<>();
    Future<?> end =
        clock.schedule(() -> giveUp(revision, emptied), timeout.toNanos(), TimeUnit.NANOSECONDS);
    revision.gate().drained().thenRun(() -> emptied.complete(true));
    // The last caller's thread must neither close the service nor do what waits for that.
    return emptied.thenComposeAsync(
        empty -> {
          end.cancel(false);
          return close(revision, closeLimit)
              .thenApply(
                  closed -> {
                    leftovers.sweepSoon();
                    return empty;
                  });
        },
        clock);
  }

  private void giveUp(LiveRevision revision, CompletableFuture<Boolean> emptied) {
    if (revision.inside() == 0) {
      // It was emptied this very moment.
      emptied.complete(true);
    } else if (!emptied.isDone()) {
      String stacks =
          presence.inside(revision).stream().map(Retirement::stack).collect(Collectors.joining());
      LOG.warn(
          "{}: {} calls are still inside, it is closed nevertheless{}",
          revision,
          revision.inside(),
          stacks.isEmpty() ? "; none of them holds a thread" : stacks);
      emptied.complete(false);
    }
  }

  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(frame -> "\n    at " + frame)
        .collect(Collectors.joining("", "\n" + thread.getName(), ""));
  }

  private CompletionStage<@Nullable Void> close(LiveRevision revision, Duration limit) {
    Instance instance = revision.release();
    if (instance == null
        || !instance.own()
        || !(instance.service() instanceof AutoCloseable closeable)) {
      return CompletableFuture.completedFuture(null);
    }
    return aside
        .<@Nullable Void>run(
            instance.loader(),
            limit,
            () -> {
              closeable.close();
              return null;
            })
        .handleAsync(
            (closed, failure) -> {
              if (failure != null) {
                LOG.warn("{}: close() failed or took longer than {}", revision, limit, failure);
              }
              return null;
            },
            clock);
  }
}
