package org.caravanserai.runtime.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.CallReport;
import org.caravanserai.runtime.Reply;

/**
 * Several calls at once for whose end nobody waits, with their callbacks. The revision that made
 * them stays until all of it has ended: what it passed is of its classes.
 */
final class Fork {

  private final LiveInvoker invoker;
  private final Invocation caller;
  private final PlannedCalls plan;
  private final String id;
  private final List<LiveSlot> onTarget;
  private final List<LiveSlot> onFinal;
  private final List<Branch> branches = new ArrayList<>();
  private final AtomicReferenceArray<CallReport> reports;
  private final AtomicInteger running;

  /** What has to end before the caller's revision may go: the calls, and the callbacks. */
  private final AtomicInteger open = new AtomicInteger(1);

  /**
   * Calls that have not begun.
   *
   * @throws ServiceException with status 503 if a callback is not deployed
   */
  Fork(LiveInvoker invoker, Invocation caller, PlannedCalls plan) {
    this.invoker = invoker;
    this.caller = caller;
    this.plan = plan;
    this.id = invoker.newCid();
    this.onTarget = plan.onTarget().stream().map(invoker::current).toList();
    this.onFinal = plan.onFinal().stream().map(invoker::current).toList();
    this.reports = new AtomicReferenceArray<>(plan.targets().size());
    this.running = new AtomicInteger(plan.targets().size());
    for (PlannedCalls.Target each : plan.targets()) {
      int index = branches.size();
      branches.add(
          new Branch(
              invoker,
              caller,
              each.service(),
              caller.nested(plan.kind().call(), each.payload()),
              reply -> done(index, reply)));
    }
  }

  /** Makes the calls; answers their id. */
  String start() {
    caller.revision().gate().stay();
    Duration limit = Duration.ofMillis(invoker.asyncTimeoutMillis());
    open.addAndGet(branches.size());
    for (Branch each : branches) {
      try {
        each.submit(limit);
      } catch (BusyException busy) {
        each.refuse(
            new ServiceException(
                503, String.valueOf(busy.getMessage()), busy, busy.retryAfterSeconds()));
      } catch (ServiceException unknown) {
        each.refuse(unknown);
      }
    }
    ended();
    return id;
  }

  private void done(int index, Reply reply) {
    try {
      report(index, reply);
    } finally {
      reply.close();
      ended();
    }
  }

  private void report(int index, Reply reply) {
    Branch branch = branches.get(index);
    CallReport report =
        CallReport.of(
            caller.service(), branch.target(), caller.cid(), id, branch.requestedAt(), reply);
    reports.set(index, report);
    onTarget.forEach(slot -> call(slot, plan.kind().onTarget(), report.onTarget()));
    if (running.decrementAndGet() == 0 && !onFinal.isEmpty()) {
      List<CallReport> all = new ArrayList<>();
      for (int i = 0; i < branches.size(); i++) {
        all.add(reports.get(i));
      }
      ObjectNode message = CallReport.onFinal(all, plan.onTarget(), plan.onFinal());
      onFinal.forEach(slot -> call(slot, plan.kind().onFinal(), message.deepCopy()));
    }
  }

  private void call(LiveSlot slot, String kind, ObjectNode message) {
    open.incrementAndGet();
    new CallbackCall(invoker, caller, slot, kind, id, message, this::ended).start();
  }

  private void ended() {
    if (open.decrementAndGet() == 0) {
      caller.revision().gate().exit();
    }
  }
}
