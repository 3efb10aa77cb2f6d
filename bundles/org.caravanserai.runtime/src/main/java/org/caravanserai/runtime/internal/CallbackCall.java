package org.caravanserai.runtime.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;

/** The call of a callback service, which is tried until there is room for it. */
final class CallbackCall {

  private static final Pauses PAUSES = new Pauses(Duration.ofMillis(50), Duration.ofSeconds(1), 20);

  private final LiveInvoker invoker;
  private final Invocation caller;
  private final LiveSlot slot;
  private final Call call;
  private final Runnable ended;
  private final long deadline;
  private int attempts;

  /**
   * A call that has not been made.
   *
   * @param ended run once it has ended, or was given up
   */
  CallbackCall(
      LiveInvoker invoker,
      Invocation caller,
      LiveSlot slot,
      String kind,
      String inReplyTo,
      ObjectNode message,
      Runnable ended) {
    this.invoker = invoker;
    this.caller = caller;
    this.slot = slot;
    this.call = caller.callback(kind, inReplyTo, message);
    this.ended = ended;
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(invoker.asyncTimeoutMillis());
  }

  void start() {
    try {
      invoker.pool().submit(slot, Duration.ofMillis(invoker.asyncTimeoutMillis()), new Attempt());
    } catch (BusyException busy) {
      again(String.valueOf(busy.getMessage()));
    }
  }

  private void again(String reason) {
    long pause = PAUSES.nanos(++attempts);
    if (deadline - System.nanoTime() < pause || !invoker.later(this::start, pause)) {
      giveUp(reason);
    }
  }

  private void giveUp(String reason) {
    slot.logger()
        .error("{}: as a callback of {} it failed: {}", call.cid(), caller.service(), reason);
    ended.run();
  }

  /** One attempt. */
  private final class Attempt extends PooledCall {

    @Override
    protected void run() {
      invoker.call(slot, call, caller, this::answer);
    }

    private void answer(Reply reply) {
      ServiceException failure = reply.failure();
      boolean hasEntered = reply.hasEntered();
      reply.close();
      if (!end()) {
        return;
      }
      if (failure == null) {
        ended.run();
      } else if (hasEntered) {
        giveUp(failure.details());
      } else {
        again(failure.details());
      }
    }

    @Override
    protected void timedOut() {
      giveUp("it did not answer in time");
    }
  }
}
