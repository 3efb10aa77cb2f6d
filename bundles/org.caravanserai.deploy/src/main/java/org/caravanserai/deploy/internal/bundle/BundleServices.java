package org.caravanserai.deploy.internal.bundle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.caravanserai.api.Service;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.runtime.RevisionRefusedException;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services in ordinary bundles, whoever installed them: the classes that a header {@code
 * Serai-Service} names, and OSGi services that are a {@link Service}, such as DS components.
 *
 * <p>When such a bundle stops to come back, as at an update or a refresh, calls wait for it.
 */
public final class BundleServices implements SynchronousBundleListener, ServiceListener {

  /** The property of an OSGi service that names it, before its annotation. */
  private static final String NAME = "serai.service";

  private static final String OURS = "org.caravanserai.";

  private static final Logger LOG = LoggerFactory.getLogger(BundleServices.class);

  private final BundleContext context;
  private final ServiceRegistry registry;
  private final Duration stopTimeout;
  private final Duration switchTimeout;
  private final Executor later;
  private final Map<Long, ServedBundle> bundles = new ConcurrentHashMap<>();
  private final Map<String, ServiceRegistry.Hold> awaited = new ConcurrentHashMap<>();
  private final Map<String, Integer> revisions = new ConcurrentHashMap<>();

  /**
   * Prepares it.
   *
   * @param stopTimeout how long a bundle's stop waits for calls inside
   * @param switchTimeout how long calls wait for a bundle that comes back
   */
  public BundleServices(
      BundleContext context,
      ServiceRegistry registry,
      Duration stopTimeout,
      Duration switchTimeout) {
    this.context = context;
    this.registry = registry;
    this.stopTimeout = stopTimeout;
    this.switchTimeout = switchTimeout;
    this.later = CompletableFuture.delayedExecutor(switchTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Serves what is there, and follows what comes and goes. */
  public void open() {
    context.addBundleListener(this);
    try {
      String filter = "(" + Constants.OBJECTCLASS + "=" + Service.class.getName() + ")";
      context.addServiceListener(this, filter);
      for (Bundle each : context.getBundles()) {
        if (each.getState() == Bundle.ACTIVE) {
          started(each);
        }
      }
      ServiceReference<?>[] there = context.getAllServiceReferences(Service.class.getName(), null);
      for (ServiceReference<?> each : there == null ? new ServiceReference<?>[0] : there) {
        registered(each);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes all their services away, after the last calls. */
  public void close() {
    context.removeBundleListener(this);
    context.removeServiceListener(this);
    bundles.values().forEach(each -> take(each.all(), false));
    bundles.clear();
  }

  /** Says which revision of a deployment a bundle is from now on; serves it anew if it is there. */
  void label(String location, int revision) {
    Integer before = revisions.put(location, revision);
    Bundle bundle = context.getBundle(location);
    if (bundle != null
        && bundle.getState() == Bundle.ACTIVE
        && (before == null || before != revision)) {
      ServedBundle served = bundles.remove(bundle.getBundleId());
      if (served != null) {
        started(bundle);
        served.references().forEach(this::registered);
        served.all().forEach(each -> registry.retire(each, stopTimeout));
      }
    }
  }

  /** The names of the services in a bundle, whoever serves them. */
  public List<String> names(Bundle bundle) {
    String deployment = bundle.getHeaders().get("Serai-Deployment");
    if (RevisionLabel.isOf(bundle) && deployment != null) {
      return registry.services().stream()
          .filter(each -> each.deployment().equals(deployment) && each.name().indexOf('#') < 0)
          .map(each -> each.name())
          .toList();
    }
    return Optional.ofNullable(bundles.get(bundle.getBundleId()))
        .map(ServedBundle::names)
        .orElse(List.of());
  }

  /** Why not all services in a bundle are served; empty if they are. */
  List<String> problems(Bundle bundle) {
    return Optional.ofNullable(bundles.get(bundle.getBundleId()))
        .map(ServedBundle::problems)
        .orElse(List.of());
  }

  /** These bundles with the services in them. */
  List<AffectedBundle> affected(List<Bundle> those) {
    return those.stream()
        .map(
            each ->
                new AffectedBundle(
                    each.getBundleId(),
                    String.valueOf(each.getSymbolicName()),
                    each.getVersion().toString(),
                    names(each)))
        .toList();
  }

  /** Holds the services in bundles up, those of deployments included. */
  ServiceRegistry.Hold hold(Collection<Bundle> those) {
    Set<String> names = new HashSet<>();
    those.forEach(each -> names.addAll(names(each)));
    return registry.hold(names, switchTimeout);
  }

  /** Who has the name of a service already, other than that bundle; empty if nobody has. */
  Optional<String> owner(String service, String deployment) {
    return registry
        .slot(service)
        .current()
        .map(ServiceRevision::deployment)
        .filter(each -> !each.equals(deployment));
  }

  String deployment(Bundle bundle) {
    return BundleLocation.name(bundle.getLocation())
        .orElseGet(() -> "bundle:" + bundle.getSymbolicName());
  }

  private int revision(Bundle bundle) {
    return revisions.getOrDefault(bundle.getLocation(), 0);
  }

  private ServedBundle served(Bundle bundle) {
    return bundles.computeIfAbsent(bundle.getBundleId(), id -> new ServedBundle());
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    if (RevisionLabel.isOf(bundle) || bundle.getBundleId() == 0) {
      return;
    }
    switch (event.getType()) {
      case BundleEvent.STARTED, BundleEvent.LAZY_ACTIVATION -> started(bundle);
      case BundleEvent.STOPPING -> stopping(bundle);
      case BundleEvent.STOPPED, BundleEvent.UNINSTALLED -> bundles.remove(bundle.getBundleId());
      default -> {}
    }
  }

  private void started(Bundle bundle) {
    List<String> classes = BundleJar.listed(bundle.getHeaders().get(BundleJar.SERVICES));
    if (RevisionLabel.isOf(bundle) || classes.isEmpty()) {
      return;
    }
    ServedBundle served = served(bundle);
    if (served.hasClasses()) {
      return;
    }
    List<ServiceRevision> made = new ArrayList<>();
    for (String each : classes) {
      try {
        Class<?> type = bundle.loadClass(each);
        ServiceRevision prepared = registry.prepare(type, deployment(bundle), revision(bundle));
        begin(prepared);
        made.add(prepared);
      } catch (RevisionRefusedException e) {
        served.problem(each + ": " + e.getMessage());
      } catch (ClassNotFoundException | LinkageError e) {
        served.problem(each + " can't be loaded: " + e.getMessage());
      }
    }
    serve(bundle, served, made);
    served.classes(made);
  }

  private void begin(ServiceRevision prepared) throws RevisionRefusedException {
    try {
      registry.begin(prepared);
    } catch (RevisionRefusedException e) {
      registry.retire(prepared, Duration.ZERO);
      throw e;
    }
  }

  private void serve(Bundle bundle, ServedBundle served, List<ServiceRevision> made) {
    for (ServiceRevision each : List.copyOf(made)) {
      Optional<String> owner = owner(each.service(), each.deployment());
      if (owner.isPresent()) {
        served.problem("service " + each.service() + " is deployed by " + owner.get() + " already");
        made.remove(each);
        registry.retire(each, Duration.ZERO);
      }
    }
    registry.swap(made, List.of());
    for (ServiceRevision each : made) {
      ServiceRegistry.Hold hold = awaited.get(each.service());
      if (hold != null) {
        arrived(each.service(), hold);
      }
    }
    served.problems().forEach(each -> LOG.warn("{}: {}", bundle, each));
    if (!made.isEmpty()) {
      LOG.info("{} serves {}", bundle, made.stream().map(ServiceRevision::service).toList());
    }
  }

  private void stopping(Bundle bundle) {
    ServedBundle served = bundles.get(bundle.getBundleId());
    if (served != null && !frameworkStops()) {
      take(served.takeClasses(), comesBack(bundle));
    }
  }

  /** A stop by hand, or an uninstall, takes the wish to be started away first. */
  private static boolean comesBack(Bundle bundle) {
    return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
  }

  private boolean frameworkStops() {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return system == null || system.getState() == Bundle.STOPPING;
  }

  /** Lets nobody in any more and waits for those inside; calls that come wait if it comes back. */
  private void take(List<ServiceRevision> out, boolean comesBack) {
    if (out.isEmpty()) {
      return;
    }
    Map<String, ServiceRegistry.Hold> holds = new HashMap<>();
    for (ServiceRevision each : out) {
      holds.put(each.service(), registry.hold(List.of(each.service()), switchTimeout));
    }
    long end = System.nanoTime() + stopTimeout.toNanos();
    for (ServiceRegistry.Hold each : holds.values()) {
      if (!each.drain(Duration.ofNanos(end - System.nanoTime()))) {
        LOG.warn("Calls are still inside when their bundle stops: {}", out);
      }
    }
    registry.swap(List.of(), out);
    out.forEach(each -> registry.retire(each, Duration.ZERO));
    holds.forEach(
        (service, hold) -> {
          if (comesBack) {
            awaited.put(service, hold);
            later.execute(() -> arrived(service, hold));
          } else {
            hold.close();
          }
        });
  }

  /** It is there again, or nobody waits for it any more. */
  private void arrived(String service, ServiceRegistry.Hold hold) {
    if (awaited.remove(service, hold)) {
      hold.close();
    }
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    switch (event.getType()) {
      case ServiceEvent.REGISTERED -> registered(event.getServiceReference());
      case ServiceEvent.UNREGISTERING -> unregistering(event.getServiceReference());
      default -> {}
    }
  }

  private void registered(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    if (bundle == null || isOurs(bundle)) {
      return;
    }
    ServedBundle served = served(bundle);
    Object object = context.getService(reference);
    if (!(object instanceof Service<?, ?> service)) {
      served.problem("an OSGi service of it is another Service than the server's, or not there");
      return;
    }
    try {
      Object given = reference.getProperty(NAME);
      String name = given instanceof String text ? text : registry.nameOf(service.getClass());
      List<ServiceRevision> made = new ArrayList<>();
      made.add(registry.prepare(name, service, deployment(bundle), revision(bundle)));
      serve(bundle, served, made);
      made.forEach(each -> served.put(reference, each));
    } catch (RevisionRefusedException e) {
      served.problem(service.getClass().getName() + ": " + e.getMessage());
    }
  }

  /** The server's own bundles tell of services in this form that they have from here. */
  private static boolean isOurs(Bundle bundle) {
    return bundle.getBundleId() == 0
        || String.valueOf(bundle.getSymbolicName()).startsWith(OURS)
        || RevisionLabel.isOf(bundle);
  }

  private void unregistering(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    ServedBundle served = bundle == null ? null : bundles.get(bundle.getBundleId());
    if (served != null) {
      ServiceRevision revision = served.remove(reference);
      if (revision != null) {
        boolean active = bundle.getState() == Bundle.ACTIVE;
        take(List.of(revision), !frameworkStops() && (active || comesBack(bundle)));
      }
    }
  }

  /** What is served of one bundle. */
  private static final class ServedBundle {
    private final Map<ServiceReference<?>, ServiceRevision> registered = new ConcurrentHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private List<ServiceRevision> classes = List.of();

    synchronized void classes(List<ServiceRevision> made) {
      classes = List.copyOf(made);
    }

    synchronized boolean hasClasses() {
      return !classes.isEmpty();
    }

    synchronized List<ServiceRevision> takeClasses() {
      List<ServiceRevision> taken = classes;
      classes = List.of();
      return taken;
    }

    synchronized void problem(String what) {
      problems.add(what);
    }

    synchronized List<String> problems() {
      return List.copyOf(problems);
    }

    void put(ServiceReference<?> reference, ServiceRevision revision) {
      registered.put(reference, revision);
    }

    @Nullable ServiceRevision remove(ServiceReference<?> reference) {
      return registered.remove(reference);
    }

    List<ServiceReference<?>> references() {
      return List.copyOf(registered.keySet());
    }

    synchronized List<ServiceRevision> all() {
      return Stream.concat(classes.stream(), registered.values().stream()).toList();
    }

    List<String> names() {
      return all().stream()
          .map(ServiceRevision::service)
          .sorted(Comparator.naturalOrder())
          .distinct()
          .toList();
    }
  }
}
