package org.caravanserai.runtime.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import org.caravanserai.api.Service;
import org.caravanserai.runtime.RecentCaller;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceDoc;
import org.caravanserai.runtime.ServiceInfo;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.caravanserai.runtime.ServiceSchemas;
import org.caravanserai.runtime.ServiceWatcher;
import org.caravanserai.runtime.Slot;
import org.caravanserai.runtime.internal.binding.Bindings;
import org.caravanserai.runtime.internal.binding.Limits;
import org.caravanserai.spi.DeployedServices;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The registry of all services of the server. */
@Component(
    service = {ServiceRegistry.class, DeployedServices.class, LiveRegistry.class},
    configurationPid = RuntimeSettings.PID)
@Designate(ocd = RuntimeSettings.class)
public final class LiveRegistry implements ServiceRegistry, DeployedServices {

  private final Map<String, LiveSlot> slots = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor clock = Clocks.make("serai-registry");
  private final Aside aside = new Aside(clock);
  private final Presence presence = new Presence();
  private final Leftovers leftovers = new Leftovers(clock);
  private final Retirement retirement = new Retirement(clock, aside, presence, leftovers);
  private final Watchers watchers = new Watchers();
  private volatile RuntimeSettings settings;
  private volatile RevisionMaker maker;

  /** Makes a registry without services. */
  @Activate
  public LiveRegistry(RuntimeSettings settings) {
    this.settings = settings;
    this.maker = maker(settings);
  }

  /** Takes other settings, for revisions that are prepared from now on. */
  @Modified
  public void modified(RuntimeSettings changed) {
    settings = changed;
    maker = maker(changed);
  }

  /** Ends its threads. */
  @Deactivate
  public void deactivate() {
    clock.shutdown();
  }

  @Override
  public Slot slot(String name) {
    return place(name);
  }

  private LiveSlot place(String name) {
    return slots.computeIfAbsent(name, made -> new LiveSlot(made, leftovers));
  }

  /** The slot of a service that is or was deployed or asked for, {@code null} for other names. */
  @Nullable LiveSlot find(String name) {
    return slots.get(name);
  }

  /** Time spent in the calls of a service that have ended. */
  double busySeconds(String name) {
    LiveSlot slot = find(name);
    return slot == null ? 0 : slot.counters().busySeconds();
  }

  /** What binds types that belong to no revision. */
  Bindings bindings() {
    return maker.bindings();
  }

  Presence presence() {
    return presence;
  }

  @Override
  public List<ServiceInfo> services() {
    return slots.values().stream()
        .map(LiveSlot::info)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(ServiceInfo::name))
        .toList();
  }

  @Override
  public Optional<ServiceInfo> service(String name) {
    return Optional.ofNullable(find(name)).flatMap(LiveSlot::info);
  }

  @Override
  public boolean isDeployed(String service) {
    LiveSlot slot = find(service);
    return slot != null && slot.current().isPresent();
  }

  @Override
  public List<RecentCaller> callers(String name) {
    LiveSlot slot = find(name);
    return slot == null ? List.of() : slot.counters().callers();
  }

  /** All slots, also those without a service. */
  Collection<LiveSlot> slots() {
    return slots.values();
  }

  @Override
  public Optional<ServiceSchemas> schemas(String name) {
    return ask(name, instance -> instance.binding().schemas(name));
  }

  @Override
  public Optional<ServiceDoc> doc(String name) {
    return ask(name, instance -> instance.binding().doc(name, instance.service().getClass()));
  }

  private <T> Optional<T> ask(String name, Function<Instance, T> question) {
    LiveSlot slot = find(name);
    LiveRevision revision = slot == null ? null : slot.enter();
    if (revision == null) {
      return Optional.empty();
    }
    try {
      Instance instance = revision.instance();
      return Optional.ofNullable(instance).map(question);
    } finally {
      revision.gate().exit();
    }
  }

  @Override
  public ServiceRevision prepare(Class<?> type, String deployment, int revision)
      throws RevisionRefusedException {
    return maker.make(type, deployment, revision);
  }

  @Override
  public ServiceRevision prepare(
      String name, Service<?, ?> instance, String deployment, int revision)
      throws RevisionRefusedException {
    return maker.make(name, instance, deployment, revision);
  }

  @Override
  public void begin(ServiceRevision revision) throws RevisionRefusedException {
    maker.begin((LiveRevision) revision, Duration.ofMillis(settings.hook__timeout()));
  }

  @Override
  public String nameOf(Class<?> type) throws RevisionRefusedException {
    return ServiceNames.of(type);
  }

  @Override
  public void swap(Collection<ServiceRevision> in, Collection<ServiceRevision> out) {
    // Outside of the lock, which nobody else's code may hold.
    watchers.tell(swapped(in, out));
  }

  @Override
  public Watch watch(ServiceWatcher watcher) {
    return watchers.add(watcher);
  }

  /** Swaps; answers the slots whose service has come or gone. */
  private synchronized List<LiveSlot> swapped(
      Collection<ServiceRevision> in, Collection<ServiceRevision> out) {
    Map<LiveRevision, LiveSlot> next = new LinkedHashMap<>();
    List<LiveSlot> changed = new ArrayList<>();
    List<LiveRevision> awaited = new ArrayList<>();
    for (ServiceRevision revision : in) {
      LiveRevision live = (LiveRevision) revision;
      if (live.gate().isClosed()) {
        throw new IllegalArgumentException(live + " has been current before and is closed");
      }
      LiveSlot slot = place(live.service());
      next.put(live, slot);
      Instance instance = live.instance();
      if (slot.current().isEmpty()) {
        come(slot, changed);
      } else if (instance != null && !instance.binding().isPrepared()) {
        awaited.add(live);
      }
    }
    // First all are closed, then all are replaced: who has met one new revision meets no old one.
    next.forEach((revision, slot) -> slot.closeFor(revision));
    next.forEach((revision, slot) -> slot.replace(revision));
    for (ServiceRevision revision : out) {
      LiveSlot slot = slots.get(revision.service());
      if (slot != null
          && !next.containsKey((LiveRevision) revision)
          && slot.remove((LiveRevision) revision)) {
        come(slot, changed);
      }
    }
    // A service that nobody could call before has no callers who might wait for them.
    if (!awaited.isEmpty()) {
      prepareWriters(awaited);
    }
    return changed;
  }

  /** A service has come or gone; of one that is held, only the end is told. */
  private static void come(LiveSlot slot, List<LiveSlot> changed) {
    if (!slot.isHeld()) {
      changed.add(slot);
    }
  }

  @Override
  public Hold hold(Collection<String> services, Duration limit) {
    List<LiveSlot> held = services.stream().map(this::place).toList();
    synchronized (this) {
      return new LiveHold(held, limit, watchers::tell);
    }
  }

  /** Aside, for it runs the initialisers of the revisions' classes. */
  private void prepareWriters(List<LiveRevision> revisions) {
    CompletableFuture<Void> unused =
        aside.<@Nullable Void>run(
            LiveRegistry.class.getClassLoader(),
            Duration.ofMillis(settings.construct__timeout()),
            () -> {
              for (LiveRevision each : revisions) {
                Instance instance = each.instance();
                if (instance != null) {
                  instance.binding().prepare();
                }
              }
              return null;
            });
  }

  @Override
  public CompletionStage<Boolean> retire(ServiceRevision revision, Duration timeout) {
    LiveRevision live = (LiveRevision) revision;
    LiveSlot slot = slots.get(live.service());
    if (slot != null && slot.remove(live) && !slot.isHeld()) {
      watchers.tell(List.of(slot));
    }
    return retirement
        .retire(
            live,
            timeout,
            Duration.ofMillis(settings.construct__timeout()),
            Duration.ofMillis(settings.hook__timeout()))
        .thenApply(
            empty -> {
              if (slot != null) {
                slot.forget(live);
              }
              return empty;
            });
  }

  private RevisionMaker maker(RuntimeSettings now) {
    Limits limits =
        new Limits(
            now.max__json__depth(),
            now.max__number__length(),
            now.max__form__fields(),
            now.max__doc__length());
    return new RevisionMaker(
        aside, new Bindings(limits), Duration.ofMillis(now.construct__timeout()));
  }
}
