package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.caravanserai.api.CallResult;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Reply;

/** Several calls at once, for whose end their caller waits. */
final class ParallelWait {

  private final Invocation caller;
  private final List<Branch> branches = new ArrayList<>();
  private final AtomicReferenceArray<LiveResult> results;
  private final CountDownLatch open;

  ParallelWait(LiveInvoker invoker, Invocation caller, List<PlannedCalls.Target> targets) {
    this.caller = caller;
    this.results = new AtomicReferenceArray<>(targets.size());
    this.open = new CountDownLatch(targets.size());
    for (PlannedCalls.Target each : targets) {
      int index = branches.size();
      branches.add(
          new Branch(
              invoker,
              caller,
              each.service(),
              caller.nested("parallel_call", each.payload()),
              reply -> done(index, reply)));
    }
  }

  private void done(int index, Reply reply) {
    Branch branch = branches.get(index);
    Reply kept = reply;
    if (reply.hasEntered() && !caller.holdings().add(reply)) {
      reply.close();
      kept = Reply.failed(new ServiceException(504, "Nobody waits for " + branch.target()));
    }
    results.set(
        index,
        new LiveResult(
            branch.target(), branch.requestedAt(), Instant.now(), kept, caller.binding()));
    open.countDown();
  }

  /**
   * Makes the calls and waits.
   *
   * @param usualMillis how long they have if nothing limits their caller
   */
  List<CallResult> await(long usualMillis) {
    PoolTask task = caller.task();
    long nanos = task == null ? TimeUnit.MILLISECONDS.toNanos(usualMillis) : task.nanosLeft();
    long deadline = System.nanoTime() + nanos;
    // The first is for this thread, which has nothing else to do.
    for (Branch each : branches.subList(1, branches.size())) {
      submit(each, Duration.ofNanos(nanos));
    }
    for (Branch each : branches) {
      if (hasEnded(deadline)) {
        break;
      }
      each.runHere();
    }
    try {
      if (!open.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        cancel();
      }
    } catch (InterruptedException stopped) {
      cancel();
      Thread.currentThread().interrupt();
    }
    List<CallResult> all = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      all.add(results.get(i));
    }
    return List.copyOf(all);
  }

  private static void submit(Branch branch, Duration limit) {
    try {
      branch.submit(limit);
    } catch (BusyException busy) {
      // This thread gets round to it.
      return;
    } catch (ServiceException unknown) {
      branch.refuse(unknown);
    }
  }

  private boolean hasEnded(long deadline) {
    return caller.isTooLate()
        || Thread.currentThread().isInterrupted()
        || deadline - System.nanoTime() <= 0;
  }

  /** Each is answered when this returns: by what has just come, or by that its time is up. */
  private void cancel() {
    branches.forEach(Branch::cancel);
    boolean interrupted = false;
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
