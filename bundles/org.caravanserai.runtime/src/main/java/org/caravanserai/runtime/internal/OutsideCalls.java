package org.caravanserai.runtime.internal;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.caravanserai.api.Channel;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.Services;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The calls of services by bundles that are none.
 *
 * @param invoker the way to call them
 */
record OutsideCalls(LiveInvoker invoker) implements Services {

  private static final Channel WAY = new Channel("osgi", "", Optional.empty());

  @Override
  public <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    LiveSlot slot = invoker.deployed(service);
    Handover handover = new Handover();
    invoker.call(slot, call(payload), null, handover);
    Reply reply = handover.take(invoker.asyncTimeoutMillis());
    if (reply == null) {
      throw late(slot);
    }
    return output(reply, type);
  }

  @Override
  public <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type) {
    CompletableFuture<@Nullable T> result = new CompletableFuture<>();
    try {
      LiveSlot slot = invoker.deployed(service);
      Duration limit = Duration.ofMillis(invoker.asyncTimeoutMillis());
      invoker.pool().submit(slot, limit, new PoolCall<>(this, slot, call(payload), type, result));
    } catch (BusyException busy) {
      result.completeExceptionally(
          new ServiceException(
              503, String.valueOf(busy.getMessage()), busy, busy.retryAfterSeconds()));
    } catch (ServiceException refused) {
      result.completeExceptionally(refused);
    }
    return result;
  }

  @Override
  public String publish(String target, Object data, PublishOptions options) {
    return invoker.publish(target, data, options);
  }

  @Override
  public CompletionStage<String> publishAsync(String target, Object data, PublishOptions options) {
    return invoker.publishAsync(target, data, options);
  }

  private Call call(@Nullable Object payload) {
    return new Call(invoker.newCid(), WAY, new Payload.Value(payload), null);
  }

  private static ServiceException late(LiveSlot slot) {
    return new ServiceException(504, "Service " + slot.name() + " did not answer in time");
  }

  /** The output in the class that is wanted; the reply is closed, or held by its stream. */
  private static <T> @Nullable T output(Reply reply, Class<T> type) {
    boolean held = false;
    try {
      ServiceException failure = reply.failure();
      if (failure != null) {
        throw failure;
      }
      T output = reply.as(type);
      if (output instanceof InputStream stream && type.isAssignableFrom(HeldStream.class)) {
        held = true;
        return type.cast(new HeldStream(stream, reply));
      }
      return output;
    } finally {
      if (!held) {
        reply.close();
      }
    }
  }

  /** A call on the pool whose output goes to a future. */
  private static final class PoolCall<T> extends PooledCall {

    private final OutsideCalls calls;
    private final LiveSlot slot;
    private final Call call;
    private final Class<T> type;
    private final CompletableFuture<@Nullable T> result;

    PoolCall(
        OutsideCalls calls,
        LiveSlot slot,
        Call call,
        Class<T> type,
        CompletableFuture<@Nullable T> result) {
      this.calls = calls;
      this.slot = slot;
      this.call = call;
      this.type = type;
      this.result = result;
    }

    @Override
    protected void run() {
      calls.invoker().call(slot, call, null, this::answer);
    }

    private void answer(Reply reply) {
      if (!end()) {
        reply.close();
        return;
      }
      T output;
      try {
        output = output(reply, type);
      } catch (ServiceException failure) {
        result.completeExceptionally(failure);
        return;
      } catch (RuntimeException fault) {
        result.completeExceptionally(new ServiceException(500, "Internal error", fault));
        return;
      }
      result.complete(output);
    }

    @Override
    protected void timedOut() {
      result.completeExceptionally(late(slot));
    }
  }
}
