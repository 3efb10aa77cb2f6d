package org.caravanserai.runtime.internal;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Call;
import org.caravanserai.runtime.CallPool;
import org.caravanserai.runtime.Invoker;
import org.caravanserai.runtime.Payload;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.Slot;
import org.caravanserai.spi.Caller;
import org.caravanserai.spi.Connections;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls services, for channels and for services themselves. */
@Component(service = Invoker.class, configurationPid = RuntimeSettings.PID)
public final class LiveInvoker implements Invoker {

  private static final Logger LOG = LoggerFactory.getLogger(LiveInvoker.class);
  private static final int CANCEL_THREADS = 4;

  /** A service that is being deployed is there soon; of another nobody knows. */
  private static final int RETRY_AFTER_SECONDS = 1;

  private final LiveRegistry registry;
  private final CallPool pool;
  private final Presence presence;
  private final ConnectionDesk connections;
  private final ThreadPoolExecutor cancels = cancels();
  private volatile int maxDepth;
  private volatile long asyncTimeoutMillis;

  /** Makes an invoker. */
  @Activate
  public LiveInvoker(
      RuntimeSettings settings, @Reference LiveRegistry registry, @Reference CallPool pool) {
    this.registry = registry;
    this.pool = pool;
    this.presence = registry.presence();
    this.connections = new ConnectionDesk();
    this.maxDepth = settings.max__call__depth();
    this.asyncTimeoutMillis = settings.async__timeout();
  }

  /** Takes other settings. */
  @Modified
  public void modified(RuntimeSettings changed) {
    maxDepth = changed.max__call__depth();
    asyncTimeoutMillis = changed.async__timeout();
  }

  /** Ends its threads. */
  @Deactivate
  public void deactivate() {
    cancels.shutdown();
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

  /** The connections of the server have come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindConnections(Connections arrived) {
    connections.bind(arrived);
  }

  /** The connections of the server go. */
  public void unbindConnections(Connections gone) {
    connections.unbind(gone);
  }

  @Override
  public void invoke(Slot slot, Call call, Consumer<Reply> done) {
    call((LiveSlot) slot, call, null, done);
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

  ConnectionDesk connections() {
    return connections;
  }

  Presence presence() {
    return presence;
  }

  CallPool pool() {
    return pool;
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
