package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;

/**
 * One of several calls that are made at once. It is run by a thread of the pool, or by the one that
 * waits for it, whichever comes first: so none waits for a thread that waits itself.
 */
final class Branch extends PooledCall {

  private final LiveInvoker invoker;
  private final Invocation caller;
  private final String target;
  private final Call call;
  private final Consumer<Reply> done;
  private final Instant requestedAt = Instant.now();
  private final AtomicBoolean claimed = new AtomicBoolean();

  /**
   * A call that has not begun.
   *
   * @param done gets the reply, exactly once, on any thread; it closes it
   */
  Branch(LiveInvoker invoker, Invocation caller, String target, Call call, Consumer<Reply> done) {
    this.invoker = invoker;
    this.caller = caller;
    this.target = target;
    this.call = call;
    this.done = done;
  }

  String target() {
    return target;
  }

  Instant requestedAt() {
    return requestedAt;
  }

  /**
   * Gives it to the pool.
   *
   * @throws BusyException if the pool has no room for it
   * @throws ServiceException if no such service is known
   */
  void submit(Duration limit) throws BusyException {
    invoker.pool().submit(invoker.deployed(target), limit, this);
  }

  /** Runs it on this thread, unless another one does already or it has ended. */
  void runHere() {
    if (!hasEnded()) {
      run();
    }
  }

  @Override
  protected void run() {
    if (claimed.getAndSet(true)) {
      return;
    }
    try {
      invoker.call(invoker.deployed(target), call, caller, this::answer);
    } catch (ServiceException unknown) {
      answer(Reply.failed(unknown));
    }
  }

  /** Ends it without having run it. */
  void refuse(ServiceException why) {
    claimed.set(true);
    LiveInvoker.closeStream(call.payload());
    answer(Reply.failed(why));
  }

  private void answer(Reply reply) {
    if (end()) {
      done.accept(reply);
    } else {
      reply.close();
    }
  }

  @Override
  protected void timedOut() {
    done.accept(
        Reply.failed(new ServiceException(504, "Service " + target + " did not answer in time")));
  }
}
