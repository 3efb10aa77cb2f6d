package org.caravanserai.runtime.internal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.BusyException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.PooledCall;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;

/** A registry, a pool and an invoker, wired as in the container. */
final class Server implements AutoCloseable {

  static final Channel CHANNEL = new Channel("channel_rest", "test", Optional.of("ann"));

  final LiveRegistry registry;
  final LiveCallPool pool;
  final LiveInvoker invoker;
  final Parts parts;
  private int revisions;

  Server(Object... settings) {
    RuntimeSettings now = TestSettings.with(settings);
    registry = new LiveRegistry(now);
    pool = new LiveCallPool(now);
    invoker = new LiveInvoker(now, registry, pool);
    parts = new Parts(invoker);
  }

  /** Makes a class live and answers its slot; what was live under its name is retired. */
  Slot deploy(Class<?> type) {
    ServiceRevision next;
    try {
      next = registry.prepare(type, type.getSimpleName(), ++revisions);
    } catch (RevisionRefusedException refused) {
      throw new IllegalArgumentException(refused);
    }
    Slot slot = registry.slot(next.service());
    Optional<ServiceRevision> before = slot.current();
    registry.swap(List.of(next), before.stream().toList());
    before.ifPresent(old -> registry.retire(old, Duration.ofSeconds(30)));
    return slot;
  }

  Call call(Payload payload) {
    return new Call(invoker.newCid(), CHANNEL, payload, null);
  }

  /** Calls with an object and answers the reply, which the test closes. */
  Reply reply(Slot slot, Object input) {
    return reply(slot, call(new Payload.Value(input)));
  }

  Reply reply(Slot slot, Call call) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    invoker.invoke(slot, call, reply::complete);
    return get(reply);
  }

  /** Calls with an object and answers the output; throws the failure. */
  Object invoke(Slot slot, Object input) {
    try (Reply reply = reply(slot, input)) {
      ServiceException failure = reply.failure();
      if (failure != null) {
        throw failure;
      }
      return reply.value();
    }
  }

  /** Calls on the pool, as a channel does. */
  CompletableFuture<Object> submit(Slot slot, Duration timeout, Object input) throws BusyException {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    pool.submit(slot, timeout, new ChannelCall(slot, call(new Payload.Value(input)), answer));
    return answer;
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("no answer", failure);
    }
  }

  static Payload document(String json) {
    return new Payload.Document(
        json.getBytes(StandardCharsets.UTF_8), DataFormat.JSON, Map.of(), false);
  }

  static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    pool.deactivate();
    invoker.deactivate();
    registry.deactivate();
  }

  private final class ChannelCall extends PooledCall {

    private final Slot slot;
    private final Call call;
    private final CompletableFuture<Object> answer;

    ChannelCall(Slot slot, Call call, CompletableFuture<Object> answer) {
      this.slot = slot;
      this.call = call;
      this.answer = answer;
    }

    @Override
    protected void run() {
      invoker.invoke(slot, call, this::answer);
    }

    private void answer(Reply reply) {
      boolean first = end();
      ServiceException failure = reply.failure();
      Object result = failure == null ? reply.value() : failure.status();
      reply.close();
      if (first) {
        answer.complete(result);
      }
    }

    @Override
    protected void timedOut() {
      answer.complete("timed out");
    }
  }

  /** A service that a test plugs its behaviour into. */
  public static class Plugged implements Service<Object, Object> {

    static volatile Service<Object, Object> behaviour = (input, context) -> input;

    @Override
    public Object handle(Object input, Context context) throws Exception {
      return behaviour.handle(input, context);
    }
  }
}
