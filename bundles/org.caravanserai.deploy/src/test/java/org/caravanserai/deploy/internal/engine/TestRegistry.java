package org.caravanserai.deploy.internal.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.Slot;

/** Slots and drain without types, pool and counters: services take and give text. */
public final class TestRegistry implements ServiceRegistry {

  private final Map<String, Place> slots = new ConcurrentHashMap<>();

  private record Place(String name, AtomicReference<Instance> instance) implements Slot {
    @Override
    public Optional<ServiceRevision> current() {
      return Optional.ofNullable(instance.get());
    }
  }

  private static final class Instance implements ServiceRevision {
    private final String service;
    private final String deployment;
    private final int revision;
    private final Service<String, String> object;
    private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
    private long inside;
    private boolean closed;

    Instance(String service, String deployment, int revision, Service<String, String> object) {
      this.service = service;
      this.deployment = deployment;
      this.revision = revision;
      this.object = object;
    }

    synchronized boolean enter() {
      if (closed) {
        return false;
      }
      inside++;
      return true;
    }

    synchronized void exit() {
      if (--inside == 0 && closed) {
        drained.complete(true);
      }
    }

    synchronized void close() {
      closed = true;
      if (inside == 0) {
        drained.complete(true);
      }
    }

    @Override
    public String service() {
      return service;
    }

    @Override
    public String deployment() {
      return deployment;
    }

    @Override
    public int revision() {
      return revision;
    }

    @Override
    public boolean readsStream() {
      return false;
    }

    @Override
    public synchronized long inside() {
      return inside;
    }
  }

  /** Calls a service as a channel would. */
  public String call(String service, String input) throws Exception {
    while (true) {
      Instance current = place(service).instance().get();
      if (current == null) {
        throw new IllegalStateException("no service " + service);
      }
      if (current.enter()) {
        try {
          return current.object.handle(input, null);
        } finally {
          current.exit();
        }
      }
    }
  }

  private Place place(String name) {
    return slots.computeIfAbsent(name, each -> new Place(each, new AtomicReference<>()));
  }

  @Override
  public Slot slot(String name) {
    return place(name);
  }

  @Override
  public List<ServiceInfo> services() {
    return List.of();
  }

  @Override
  public Optional<ServiceInfo> service(String name) {
    return Optional.empty();
  }

  @Override
  @SuppressWarnings("unchecked") // the services of these tests take and give text
  public ServiceRevision prepare(Class<?> type, String deployment, int revision)
      throws RevisionRefusedException {
    ServiceName name = type.getAnnotation(ServiceName.class);
    try {
      return new Instance(
          name == null ? type.getName().toLowerCase(Locale.ROOT) : name.value(),
          deployment,
          revision,
          (Service<String, String>) type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new RevisionRefusedException(
          RevisionRefusedException.Stage.CONSTRUCT, "its constructor failed", e);
    }
  }

  @Override
  public void swap(Collection<ServiceRevision> in, Collection<ServiceRevision> out) {
    for (ServiceRevision each : out) {
      if (in.stream().noneMatch(other -> other.service().equals(each.service()))) {
        place(each.service()).instance().set(null);
      }
    }
    in.forEach(each -> place(each.service()).instance().set((Instance) each));
  }

  @Override
  public CompletionStage<Boolean> retire(ServiceRevision revision, Duration timeout) {
    Instance instance = (Instance) revision;
    instance.close();
    if (timeout.isZero()) {
      instance.drained.complete(false);
    } else {
      instance.drained.completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
    return instance.drained;
  }
}
