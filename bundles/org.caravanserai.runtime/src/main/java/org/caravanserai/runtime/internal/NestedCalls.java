package org.caravanserai.runtime.internal;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.CallResult;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The calls of other services by one that is being called.
 *
 * @param invoker the way to call them
 * @param caller the call that makes them
 */
record NestedCalls(LiveInvoker invoker, Invocation caller) {

  <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    checkOpen();
    Handover handover = new Handover();
    invoker.call(invoker.deployed(service), caller.nested(payload), caller, handover);
    // On the pool, the pool itself ends the wait.
    Reply reply =
        handover.take(caller.task() == null ? invoker.asyncTimeoutMillis() : Long.MAX_VALUE);
    if (reply == null) {
      throw new ServiceException(504, "The time ran out while waiting for service " + service);
    }
    return output(reply, type);
  }

  <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type) {
    checkOpen();
    return submit(service, payload, type, Duration.ofMillis(invoker.asyncTimeoutMillis()));
  }

  /** Gives a call to the pool; to cancel what comes back ends it. */
  <T> CompletableFuture<@Nullable T> submit(
      String service, @Nullable Object payload, Class<T> type, Duration limit) {
    CompletableFuture<@Nullable T> result = new CompletableFuture<>();
    // What is chained to the result is the caller's code: its revision stays until that has run.
    Gate gate = caller.revision().gate();
    gate.stay();
    try {
      LiveSlot slot = invoker.deployed(service);
      PooledCall call = new AsyncCall<>(this, slot, payload, type, result);
      invoker.pool().submit(slot, limit, call);
      CompletableFuture<@Nullable T> unused =
          result.whenComplete(
              (output, failure) -> {
                if (result.isCancelled()) {
                  call.cancel();
                }
              });
    } catch (BusyException busy) {
      fail(
          result,
          new ServiceException(
              503, String.valueOf(busy.getMessage()), busy, busy.retryAfterSeconds()));
    } catch (ServiceException refused) {
      fail(result, refused);
    }
    return result;
  }

  /** Makes several calls and waits for all. */
  List<CallResult> await(PlannedCalls plan) {
    check(plan);
    if (plan.durability().isOn() || !plan.onTarget().isEmpty()) {
      throw new IllegalArgumentException(
          "Calls that are durable or have callbacks are started, nobody waits for them");
    }
    return new ParallelWait(invoker, caller, plan.targets()).await(invoker.asyncTimeoutMillis());
  }

  /** Makes several calls for which nobody waits; answers their id. */
  String start(PlannedCalls plan) {
    check(plan);
    if (plan.durability().isOn()) {
      return invoker.durable().store(caller, plan, invoker.newCid(), invoker.asyncTimeoutMillis());
    }
    return new Fork(invoker, caller, plan).start();
  }

  private void check(PlannedCalls plan) {
    checkOpen();
    int calls = plan.targets().size();
    if (calls == 0) {
      throw new IllegalArgumentException("No service to call");
    }
    if (calls > invoker.maxParallelCalls()) {
      throw new IllegalArgumentException(
          calls + " calls at once, max_parallel_calls is " + invoker.maxParallelCalls());
    }
  }

  /** How long the caller's own time is, in nanoseconds. */
  long nanosLeft() {
    PoolTask task = caller.task();
    return task == null
        ? TimeUnit.MILLISECONDS.toNanos(invoker.asyncTimeoutMillis())
        : task.nanosLeft();
  }

  void checkOpen() {
    if (caller.holdings().hasEnded()) {
      throw new IllegalStateException("The call of " + caller.service() + " has ended");
    }
  }

  private void fail(CompletableFuture<?> result, ServiceException failure) {
    try {
      result.completeExceptionally(failure);
    } finally {
      caller.revision().gate().exit();
    }
  }

  /** The output in the class that the caller wants; the reply is closed, or held for its stream. */
  private <T> @Nullable T output(Reply reply, Class<T> type) {
    boolean held = false;
    try {
      ServiceException failure = reply.failure();
      if (failure != null) {
        throw failure;
      }
      T output = reply instanceof Outcome outcome ? outcome.as(type, caller.binding()) : null;
      if (output instanceof InputStream stream) {
        held = caller.holdings().add(reply);
        if (!held) {
          throw new ServiceException(500, "The call that asked for the stream has ended");
        }
        return type == InputStream.class ? type.cast(new HeldStream(stream, reply)) : output;
      }
      return output;
    } finally {
      if (!held) {
        reply.close();
      }
    }
  }

  /** A call on the pool whose output goes to a future. */
  private static final class AsyncCall<T> extends PooledCall {

    private final NestedCalls calls;
    private final LiveSlot slot;
    private final @Nullable Object payload;
    private final Class<T> type;
    private final CompletableFuture<@Nullable T> result;

    AsyncCall(
        NestedCalls calls,
        LiveSlot slot,
        @Nullable Object payload,
        Class<T> type,
        CompletableFuture<@Nullable T> result) {
      this.calls = calls;
      this.slot = slot;
      this.payload = payload;
      this.type = type;
      this.result = result;
    }

    @Override
    protected void run() {
      Invocation caller = calls.caller();
      calls.invoker().call(slot, caller.nested(payload), caller, this::answer);
    }

    private void answer(Reply reply) {
      if (!end()) {
        reply.close();
        return;
      }
      T output;
      try {
        output = calls.output(reply, type);
      } catch (ServiceException failure) {
        calls.fail(result, failure);
        return;
      } catch (RuntimeException fault) {
        calls.fail(result, new ServiceException(500, "Internal error", fault));
        return;
      }
      try {
        result.complete(output);
      } finally {
        calls.caller().revision().gate().exit();
      }
    }

    @Override
    protected void timedOut() {
      calls.fail(
          result, new ServiceException(504, "Service " + slot.name() + " did not answer in time"));
    }
  }
}
