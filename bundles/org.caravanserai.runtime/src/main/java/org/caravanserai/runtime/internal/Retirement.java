package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.caravanserai.api.RevisionHooks;
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
   * @param hookLimit how long its {@code onUndeploy()} may take
   * @return completes with whether it became empty, once it is closed
   */
  CompletionStage<Boolean> retire(
      LiveRevision revision, Duration timeout, Duration closeLimit, Duration hookLimit) {
    revision.gate().close();
    CompletableFuture<Boolean> emptied = new CompletableFuture<>();
    Future<?> end =
        clock.schedule(() -> giveUp(revision, emptied), timeout.toNanos(), TimeUnit.NANOSECONDS);
    revision.gate().drained().thenRun(() -> emptied.complete(true));
    // The last caller's thread must neither close the service nor do what waits for that.
    return emptied.thenComposeAsync(
        empty -> {
          end.cancel(false);
          return close(revision, closeLimit, hookLimit)
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

  private CompletionStage<@Nullable Void> close(
      LiveRevision revision, Duration limit, Duration hookLimit) {
    Instance instance = revision.release();
    if (instance == null || !instance.own()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletionStage<@Nullable Void> told = CompletableFuture.completedFuture(null);
    if (revision.hasBegun() && instance.service() instanceof RevisionHooks hooks) {
      told = last(revision, instance, "onUndeploy()", hookLimit, hooks::onUndeploy);
    }
    if (instance.service() instanceof AutoCloseable closeable) {
      return told.thenComposeAsync(
          any -> last(revision, instance, "close()", limit, closeable), clock);
    }
    return told;
  }

  /** Runs one of the last things that a service does. */
  private CompletionStage<@Nullable Void> last(
      LiveRevision revision, Instance instance, String what, Duration limit, AutoCloseable work) {
    return aside
        .<@Nullable Void>run(
            instance.loader(),
            limit,
            () -> {
              work.close();
              return null;
            })
        .handleAsync(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("{}: {} failed or took longer than {}", revision, what, limit, failure);
              }
              return null;
            },
            clock);
  }
}
