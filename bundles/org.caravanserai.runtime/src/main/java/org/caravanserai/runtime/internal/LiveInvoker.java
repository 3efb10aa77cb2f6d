package org.caravanserai.runtime.internal;

import java.io.InputStream;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanserai.api.Cache;
import org.caravanserai.api.PublishOptions;
import org.caravanserai.api.ServiceException;
import org.caravanserai.api.Services;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.CacheSource;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Connections;
import org.caravanserai.spi.DurableCalls;
import org.caravanserai.spi.JobScheduler;
import org.caravanserai.spi.Lease;
import org.caravanserai.spi.MessageBroker;
import org.caravanserai.spi.UserConfiguration;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls services, for channels and for services themselves. It waits for no other part of the
 * server: many of them need it. {@link Parts} tells it of them.
 */
@Component(
    service = {Invoker.class, Services.class, LiveInvoker.class},
    configurationPid = RuntimeSettings.PID)
public final class LiveInvoker implements Invoker, Services {

  private static final Logger LOG = LoggerFactory.getLogger(LiveInvoker.class);
  private static final int CANCEL_THREADS = 4;
  private static final int LATER_THREADS = 4;

  /** A service that is being deployed is there soon; of another nobody knows. */
  private static final int RETRY_AFTER_SECONDS = 1;

  private final LiveRegistry registry;
  private final CallPool pool;
  private final Presence presence;
  final Plugged<Connections> connectionPart = new Plugged<>("The connections of this server are");
  final Plugged<MessageBroker> broker = new Plugged<>("The broker of this server is");
  final Plugged<CacheSource<Cache>> cachePart = new Plugged<>("The caches of this server are");
  final Plugged<JobScheduler> scheduler = new Plugged<>("The scheduler of this server is");
  final Plugged<Lease> lease = new Plugged<>("The leases of this server are");
  final Plugged<DurableCalls> callStore = new Plugged<>("The broker of this server is");
  final Plugged<UserConfiguration> userFiles =
      new Plugged<>("The user configuration of this server is");
  private final ConnectionDesk connections = new ConnectionDesk(connectionPart);
  private final PublishDesk publishing = new PublishDesk(broker);
  private final CacheDesk caches = new CacheDesk(cachePart);
  private final ScheduleDesk schedules = new ScheduleDesk(scheduler);
  private final LockDesk locks = new LockDesk(lease);
  private final DurableDesk durable = new DurableDesk(callStore);
  private final ConfigDesk configs = new ConfigDesk(userFiles);
  private volatile Clock time = Clock.systemUTC();
  private final OutsideCalls outside = new OutsideCalls(this);
  private final ThreadPoolExecutor cancels = cancels();
  private final ScheduledThreadPoolExecutor clock = Clocks.make("serai-call-clock");
  private final ThreadPoolExecutor later = later();
  private volatile int maxDepth;
  private volatile int maxParallelCalls;
  private volatile long asyncTimeoutMillis;

  /** Makes an invoker. */
  @Activate
  public LiveInvoker(
      RuntimeSettings settings, @Reference LiveRegistry registry, @Reference CallPool pool) {
    this.registry = registry;
    this.pool = pool;
    this.presence = registry.presence();
    this.maxDepth = settings.max__call__depth();
    this.maxParallelCalls = settings.max__parallel__calls();
    this.asyncTimeoutMillis = settings.async__timeout();
  }

  /** Takes other settings. */
  @Modified
  public void modified(RuntimeSettings changed) {
    maxDepth = changed.max__call__depth();
    maxParallelCalls = changed.max__parallel__calls();
    asyncTimeoutMillis = changed.async__timeout();
  }

  /** Ends its threads. */
  @Deactivate
  public void deactivate() {
    clock.shutdownNow();
    later.shutdown();
    cancels.shutdown();
    publishing.close();
  }

  private static ThreadPoolExecutor cancels() {
    return new ThreadPoolExecutor(
        0,
        CANCEL_THREADS,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "serai-call-cancel");
          thread.setDaemon(true);
          return thread;
        },
        // To cancel is a courtesy: where all threads are kept busy by it, it is left out.
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static ThreadPoolExecutor later() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LATER_THREADS,
            LATER_THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "serai-call-later");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Does something after a while, on a thread of no call.
   *
   * @return whether it will; not if the server is stopping
   */
  boolean later(Runnable work, long nanos) {
    try {
      var unused = clock.schedule(() -> later.execute(work), nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Nothing begins any more", stopping);
      return false;
    }
  }

  @Override
  public void invoke(Slot slot, Call call, Consumer<Reply> done) {
    call((LiveSlot) slot, call, null, done);
  }

  @Override
  public <T> @Nullable T invoke(String service, @Nullable Object payload, Class<T> type) {
    return outside.invoke(service, payload, type);
  }

  @Override
  public <T> CompletionStage<@Nullable T> invokeAsync(
      String service, @Nullable Object payload, Class<T> type) {
    return outside.invokeAsync(service, payload, type);
  }

  @Override
  public String publish(String target, Object data, PublishOptions options) {
    return publishing.publish(publisher(), asyncTimeoutMillis, target, data, options);
  }

  @Override
  public CompletionStage<String> publishAsync(String target, Object data, PublishOptions options) {
    return publishing.publishAsync(publisher(), target, data, options);
  }

  private Caller publisher() {
    return outsider(newCid(), unused -> {});
  }

  @Override
  public String newCid() {
    return Cid.random();
  }

  @Override
  public Caller outsider(String cid, Consumer<AutoCloseable> atEnd) {
    return new OutsideCaller(cid, atEnd, registry.bindings());
  }

  /**
   * Calls a service.
   *
   * @param caller the call that makes this one, {@code null} if no service does
   */
  void call(LiveSlot slot, Call call, @Nullable Invocation caller, Consumer<Reply> done) {
    if (caller != null && caller.depth() >= maxDepth) {
      String details = "Services call each other more than " + maxDepth + " deep, last ";
      refuse(call, new ServiceException(508, details + slot.name()), done);
      return;
    }
    LiveRevision revision = caller == null ? slot.enter() : slot.enter(caller);
    Instance instance = revision == null ? null : revision.instance();
    if (revision != null && instance != null) {
      new Invocation(this, slot, revision, instance, call, caller, done).run();
      return;
    }
    if (revision != null) {
      revision.gate().exit();
    }
    refuse(call, slot.isHeld() ? replaced(slot.name()) : notDeployed(slot.name()), done);
  }

  private static void refuse(Call call, ServiceException failure, Consumer<Reply> done) {
    closeStream(call.payload());
    done.accept(Reply.failed(failure));
  }

  /** The slot of a service that another one names. */
  LiveSlot deployed(String service) {
    LiveSlot slot = registry.find(service);
    if (slot == null) {
      throw notDeployed(service);
    }
    return slot;
  }

  /** The slot of a service that is there now. */
  LiveSlot current(String service) {
    LiveSlot slot = deployed(service);
    if (slot.current().isEmpty()) {
      throw notDeployed(service);
    }
    return slot;
  }

  private static ServiceException replaced(String service) {
    return new ServiceException(
        503, "Service " + service + " is being replaced", null, RETRY_AFTER_SECONDS);
  }

  private static ServiceException notDeployed(String service) {
    return new ServiceException(
        503, "Service " + service + " is not deployed", null, RETRY_AFTER_SECONDS);
  }

  /** Cancels a stage that nobody waits for any more; what is chained to it runs aside. */
  void cancel(CompletionStage<?> stage) {
    cancels.execute(
        () -> {
          try {
            stage.toCompletableFuture().cancel(true);
          } catch (RuntimeException failure) {
            LOG.debug("A stage can't be cancelled", failure);
          }
        });
  }

  Clock clock() {
    return time;
  }

  /** Tells services another time: for tests of services. */
  public void clock(Clock other) {
    time = other;
  }

  ConfigDesk configs() {
    return configs;
  }

  DurableDesk durable() {
    return durable;
  }

  PublishDesk publishing() {
    return publishing;
  }

  CacheDesk caches() {
    return caches;
  }

  ScheduleDesk schedules() {
    return schedules;
  }

  LockDesk locks() {
    return locks;
  }

  ConnectionDesk connections() {
    return connections;
  }

  Presence presence() {
    return presence;
  }

  CallPool pool() {
    return pool;
  }

  int maxParallelCalls() {
    return maxParallelCalls;
  }

  long asyncTimeoutMillis() {
    return asyncTimeoutMillis;
  }

  /** Closes the stream that a payload brought, if it brought one. */
  static void closeStream(Payload payload) {
    if (payload instanceof Payload.Stream stream) {
      Holdings.close(stream.content());
    } else if (payload instanceof Payload.Value value
        && value.object() instanceof InputStream stream) {
      Holdings.close(stream);
    }
  }
}
