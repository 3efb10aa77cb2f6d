package org.caravanserai.runtime.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.caravanserai.api.AsyncCall;
import org.caravanserai.api.Cache;
import org.caravanserai.api.Channel;
import org.caravanserai.api.Config;
import org.caravanserai.api.Context;
import org.caravanserai.api.FanOut;
import org.caravanserai.api.Http;
import org.caravanserai.api.Lock;
import org.caravanserai.api.ParallelCalls;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.Retry;
import org.caravanserai.api.Schedule;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.LastFailure;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.internal.binding.Binding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** One call inside a revision, from its payload to its reply; the context that the service sees. */
final class Invocation implements Context, OpenStage {

  private static final int TIME_RAN_OUT = 504;
  private static final int LONGEST_REASON = 300;

  private final LiveInvoker invoker;
  private final LiveSlot slot;
  private final LiveRevision revision;
  private final Instance instance;
  private final Call call;
  private final @Nullable Invocation caller;
  private final int depth;
  private final Consumer<Reply> done;
  private final long startedAt = System.nanoTime();
  private final @Nullable PoolTask task = PoolTask.current();
  private final Holdings holdings = new Holdings();
  private @Nullable Invocation outer;
  private @Nullable Logger log;
  private @Nullable AtomicBoolean answered;
  private @Nullable CompletionStage<?> stage;
  private @Nullable Around around;

  Invocation(
      LiveInvoker invoker,
      LiveSlot slot,
      LiveRevision revision,
      Instance instance,
      Call call,
      @Nullable Invocation caller,
      Consumer<Reply> done) {
    this.invoker = invoker;
    this.slot = slot;
    this.revision = revision;
    this.instance = instance;
    this.call = call;
    this.caller = caller;
    this.depth = caller == null ? 1 : caller.depth + 1;
    this.done = done;
  }

  /** Calls the service; the gate has been entered. */
  void run() {
    within(this::handle);
  }

  private void handle() {
    Object output;
    try {
      Object input = binding().input(call.payload(), caller == null ? null : caller.binding());
      if (instance.hooks() != null) {
        around = new Around(instance.hooks(), input, this);
        around.before();
      }
      output = instance.handle(input, this);
    } catch (Throwable failure) {
      fail(failure);
      return;
    }
    if (output instanceof CompletionStage<?> later) {
      await(later);
    } else {
      succeed(output);
    }
  }

  private void succeed(@Nullable Object output) {
    if (around != null) {
      try {
        around.after(output);
      } catch (Throwable failure) {
        if (output instanceof InputStream stream) {
          Holdings.close(stream);
        }
        fail(failure);
        return;
      }
    }
    finish(output, null);
  }

  private void fail(Throwable failure) {
    if (around != null) {
      around.onError(failure);
    }
    finish(null, Failure.of(failure, this));
  }

  private void await(CompletionStage<?> later) {
    stage = later;
    answered = new AtomicBoolean();
    if (task != null) {
      task.await(this);
    }
    try {
      later.whenComplete((value, failure) -> within(() -> complete(value, failure)));
    } catch (RuntimeException failure) {
      complete(null, failure);
    }
  }

  private void complete(@Nullable Object value, @Nullable Throwable failure) {
    if (!answers()) {
      if (value instanceof InputStream late) {
        Holdings.close(late);
      }
    } else if (failure == null) {
      succeed(value);
    } else {
      fail(Failure.unwrap(failure));
    }
  }

  @Override
  public void timeRanOut() {
    if (answers()) {
      finish(null, Failure.timeRanOut(this));
      if (stage != null) {
        invoker.cancel(stage);
      }
    }
  }

  private boolean answers() {
    return answered == null || !answered.getAndSet(true);
  }

  private void finish(@Nullable Object value, @Nullable ServiceException failure) {
    boolean failed = failure != null || isTooLate();
    slot.counters().ended(System.nanoTime() - startedAt, failed, call.channel());
    if (failed) {
      slot.counters().failed(told(failure));
    }
    Outcome outcome = new Outcome(this, value, failure);
    try {
      done.accept(outcome);
    } catch (Throwable fault) {
      slot.logger().error("{}: the reply could not be delivered", call.cid(), fault);
      outcome.close();
    }
  }

  private LastFailure told(@Nullable ServiceException failure) {
    String why = failure == null ? "Its time ran out" : failure.details();
    return new LastFailure(
        Instant.now(),
        failure == null ? TIME_RAN_OUT : failure.status(),
        why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "..." : why,
        call.cid());
  }

  /** Runs something with the call's surroundings on this thread: log lines, class loader. */
  private void within(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader loaderBefore = thread.getContextClassLoader();
    Invocation around = invoker.presence().enter(thread, this);
    Invocation outerBefore = outer;
    outer = around == this ? outerBefore : around;
    boolean sameCid = around != null && around.cid().equals(cid());
    String cidBefore = sameCid ? null : Cid.begin(cid());
    thread.setContextClassLoader(instance.loader());
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(loaderBefore);
      if (!sameCid) {
        Cid.end(cidBefore);
      }
      outer = outerBefore;
      invoker.presence().leave(thread, around);
    }
  }

  /** Ends the call, once its reply is closed: closes what it holds and leaves the revision. */
  void end(@Nullable Object output) {
    if (!holdings.end()) {
      return;
    }
    try {
      if (output instanceof InputStream stream) {
        Holdings.close(stream);
      }
      LiveInvoker.closeStream(call.payload());
    } finally {
      revision.gate().exit();
    }
  }

  /** Whether the call's time ran out, so that nobody waits for it any more. */
  boolean isTooLate() {
    return task != null && task.hasExpired();
  }

  @Nullable PoolTask task() {
    return task;
  }

  LiveSlot slot() {
    return slot;
  }

  LiveRevision revision() {
    return revision;
  }

  Binding binding() {
    return instance.binding();
  }

  int depth() {
    return depth;
  }

  Holdings holdings() {
    return holdings;
  }

  /** The call that made this one, {@code null} if no service did. */
  @Nullable Invocation caller() {
    return caller;
  }

  /** The call around this one on the same thread. */
  @Nullable Invocation outer() {
    return outer;
  }

  @Override
  public String cid() {
    return call.cid();
  }

  @Override
  public String service() {
    return slot.name();
  }

  @Override
  public Channel channel() {
    return call.channel();
  }

  @Override
  public Optional<Http> http() {
    return Optional.ofNullable(call.http());
  }

  @Override
  public Map<String, Object> headers() {
    Http http = call.http();
    if (http == null) {
      return call.headers();
    }
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    http.headers()
        .forEach((name, values) -> headers.put(name, values.size() == 1 ? values.get(0) : values));
    return Collections.unmodifiableMap(headers);
  }

  @Override
  public Clock clock() {
    return invoker.clock();
  }

  @Override
  public Logger log() {
    Logger known = log;
    if (known == null) {
      known = new CidLogger(slot.logger(), call.cid());
      log = known;
    }
    return known;
  }

  @Override
  public <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    return new NestedCalls(invoker, this).invoke(service, payload, type);
  }

  @Override
  public <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type) {
    return new NestedCalls(invoker, this).invokeAsync(service, payload, type);
  }

  @Override
  public AsyncCall invokeAsync(String service, @Nullable Object payload) {
    return planned(PlannedCalls.Kind.ASYNC).call(service, payload);
  }

  @Override
  public ParallelCalls parallel() {
    return planned(PlannedCalls.Kind.PARALLEL);
  }

  @Override
  public FanOut fanOut() {
    return planned(PlannedCalls.Kind.FAN_OUT);
  }

  private PlannedCalls planned(PlannedCalls.Kind kind) {
    return PlannedCalls.none(new NestedCalls(invoker, this), kind);
  }

  @Override
  public Retry retry(String service, @Nullable Object payload) {
    return Retrying.usual(new NestedCalls(invoker, this), service, payload);
  }

  @Override
  public String publish(String target, Object data, PublishOptions options) {
    return invoker
        .publishing()
        .publish(publisher(), invoker.asyncTimeoutMillis(), target, data, options);
  }

  @Override
  public CompletionStage<String> publishAsync(String target, Object data, PublishOptions options) {
    return invoker.publishing().publishAsync(publisher(), target, data, options);
  }

  private ServiceCaller publisher() {
    if (holdings.hasEnded()) {
      throw new IllegalStateException("The call of " + service() + " has ended");
    }
    return new ServiceCaller(this);
  }

  @Override
  public Config config(String name) {
    return invoker.configs().find(name, this);
  }

  @Override
  public <T> T connection(Class<T> facade, String name) {
    return invoker.connections().use(facade, name, this);
  }

  @Override
  public Cache cache() {
    return invoker.caches().usual(this);
  }

  @Override
  public Cache cache(String name) {
    return invoker.caches().named(name, this);
  }

  @Override
  public Schedule schedule() {
    return invoker.schedules().of(publisher());
  }

  @Override
  public Lock lock(String name, Duration ttl, Duration wait) {
    return invoker.locks().lock(publisher(), name, ttl, wait);
  }

  /** The call of another service by this one. */
  Call nested(@Nullable Object payload) {
    return nested("invoke", payload);
  }

  /**
   * The same by another way.
   *
   * @param kind how the other service sees that it was called
   */
  Call nested(String kind, @Nullable Object payload) {
    return new Call(call.cid(), way(kind), new Payload.Value(payload), null);
  }

  /**
   * The call of a service that is told what became of calls by this one.
   *
   * @param inReplyTo their id
   */
  Call callback(String kind, String inReplyTo, ObjectNode message) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("in_reply_to", inReplyTo);
    return new Call(
        call.cid(),
        way(kind),
        new Payload.Value(message),
        null,
        Collections.unmodifiableMap(headers));
  }

  private Channel way(String kind) {
    return new Channel(kind, slot.name(), call.channel().user());
  }
}
