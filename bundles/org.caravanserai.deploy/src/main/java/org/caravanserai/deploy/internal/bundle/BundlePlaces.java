package org.caravanserai.deploy.internal.bundle;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.caravanserai.deploy.AffectedBundle;
import org.caravanserai.deploy.ContentRefusedException;
import org.caravanserai.deploy.ContentRefusedException.Stage;
import org.caravanserai.deploy.DeployableContent;
import org.caravanserai.deploy.internal.install.BundleTurn;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.spi.Diagnostic;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places of deployments that are bundles, one each, at a location that stays the same.
 *
 * <p>A bundle is replaced when nobody is inside it or what is wired to it; whoever calls meanwhile
 * waits. What can't take its place is put back. The framework keeps the bundles over a restart; a
 * note beside them says which content they have.
 */
public final class BundlePlaces {

  private static final Logger LOG = LoggerFactory.getLogger(BundlePlaces.class);

  /** How long the framework may take to rewire bundles. */
  private static final Duration REFRESH = Duration.ofSeconds(60);

  private final BundleContext context;
  private final BundleServices services;
  private final BundleTurn turn;
  private final Duration switchTimeout;
  private final RefreshSet refreshSet;
  private final MissingPackages missing;
  private final BundleTrial trial;
  private final PlaceNotes notes;
  private volatile Dependents dependents = bundles -> List.of();
  private final Map<String, PlacedBundle> placed = new ConcurrentHashMap<>();

  /**
   * Makes places in that framework.
   *
   * @param services serves what is in the bundles
   * @param turn when bundles may come and go
   * @param switchTimeout how long calls wait for a bundle that is replaced
   */
  public BundlePlaces(
      BundleContext context,
      BundleServices services,
      ServiceRegistry registry,
      BundleTurn turn,
      Duration switchTimeout) {
    this.context = context;
    this.services = services;
    this.turn = turn;
    this.switchTimeout = switchTimeout;
    this.refreshSet = new RefreshSet(context);
    this.missing = new MissingPackages(context);
    this.trial = new BundleTrial(context, services, registry, turn);
    this.notes = new PlaceNotes(context);
  }

  /** Whom to ask to go on with a new bundle, of those who were wired to the one before. */
  public void follow(Dependents who) {
    dependents = who;
  }

  /** Deployments that are wired to bundles. */
  @FunctionalInterface
  public interface Dependents {

    /**
     * Brings those back which could not be started with the new bundle.
     *
     * @param bundles the bundles that ran before, by id
     * @return what keeps them from it; empty if all are back
     */
    List<Diagnostic> comeBack(Set<Long> bundles);
  }

  /** The bundle of a deployment; empty if there is none. */
  Optional<Bundle> find(String deployment) {
    return Optional.ofNullable(context.getBundle(BundleLocation.of(deployment)));
  }

  /** The bundles of others that a replacement restarts. */
  List<AffectedBundle> affected(String deployment) {
    return find(deployment)
        .map(each -> services.affected(refreshSet.of(List.of(each))))
        .orElse(List.of());
  }

  /** The bundles that are restarted with these. */
  List<AffectedBundle> affected(List<Bundle> changed) {
    return services.affected(closure(changed));
  }

  /** The same, themselves. */
  List<Bundle> closure(List<Bundle> changed) {
    return refreshSet.of(changed);
  }

  /** The bundles that wait for a refresh. */
  List<Bundle> waiting() {
    return List.copyOf(refreshSet.wiring().getRemovalPendingBundles());
  }

  /** Holds the services in bundles up. */
  ServiceRegistry.Hold hold(List<Bundle> bundles) {
    return services.hold(bundles);
  }

  /** Waits for those inside; the rest of the time is for those who wait. */
  boolean drain(ServiceRegistry.Hold hold) {
    return hold.drain(switchTimeout.multipliedBy(3).dividedBy(4));
  }

  /** The names of the services that its bundle has now. */
  List<String> names(String deployment) {
    return find(deployment).map(services::names).orElse(List.of());
  }

  /** Whether it is what is in its place now. */
  boolean isIn(PlacedBundle revision) {
    return placed.get(revision.content().deployment()) == revision;
  }

  /**
   * Looks whether a bundle could be resolved.
   *
   * @return the names of the services that its header names
   */
  List<String> check(DeployableContent content) throws ContentRefusedException {
    return trial.of(content);
  }

  /** Takes its place, or puts back what was there. */
  void enter(PlacedBundle next) throws ContentRefusedException {
    turn.begin();
    try {
      String deployment = next.content().deployment();
      String location = BundleLocation.of(deployment);
      Optional<Bundle> there = find(deployment);
      if (there.isEmpty()) {
        services.label(location, next.content().revision());
        install(next);
      } else if (hash(next).equals(notes.read(deployment)) && !placed.containsKey(deployment)) {
        services.label(location, next.content().revision());
        start(next, there.get());
      } else {
        replace(next, there.get());
      }
      placed.put(deployment, next);
      notes.write(deployment, hash(next));
    } finally {
      turn.end();
    }
  }

  private void install(PlacedBundle next) throws ContentRefusedException {
    DeployableContent content = next.content();
    Bundle bundle = null;
    boolean entered = false;
    try {
      bundle =
          context.installBundle(
              BundleLocation.of(content.deployment()), new ByteArrayInputStream(content.text()));
      level(bundle);
      start(next, bundle);
      entered = true;
    } catch (BundleException e) {
      throw Refusal.of(content, Stage.CHECK, "can't be installed: " + Refusal.cause(e));
    } finally {
      if (!entered && bundle != null) {
        uninstall(bundle);
      }
    }
  }

  /** While the framework climbs, a bundle above our level could not start. */
  private void level(Bundle bundle) {
    int own = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
    BundleStartLevel its = bundle.adapt(BundleStartLevel.class);
    if (own > 0 && its.getStartLevel() > own) {
      its.setStartLevel(own);
    }
  }

  private void start(PlacedBundle next, Bundle bundle) throws ContentRefusedException {
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      throw bundle.getState() == Bundle.INSTALLED
          ? new ContentRefusedException(Stage.LINK, missing.of(next.content().fileName(), bundle))
          : Refusal.of(
              next.content(), Stage.CONSTRUCT, "its activator failed: " + Refusal.cause(e));
    }
    List<String> problems = services.problems(bundle);
    if (!problems.isEmpty()) {
      throw new ContentRefusedException(
          Stage.CHECK,
          problems.stream()
              .map(each -> Diagnostic.error(next.content().fileName(), 0, 0, each))
              .toList());
    }
  }

  private void replace(PlacedBundle next, Bundle bundle) throws ContentRefusedException {
    DeployableContent content = next.content();
    List<Bundle> affected = refreshSet.of(List.of(bundle));
    List<Bundle> active =
        affected.stream().filter(each -> each.getState() == Bundle.ACTIVE).toList();
    List<Bundle> all = new ArrayList<>(affected);
    all.add(bundle);
    Set<String> before = names(List.of(bundle));
    PlacedBundle old = placed.get(content.deployment());
    try (ServiceRegistry.Hold hold = services.hold(all)) {
      if (!drain(hold)) {
        throw Refusal.of(
            content,
            Stage.CONFLICT,
            "calls were still inside after three quarters of switch_timeout ("
                + switchTimeout.toMillis()
                + " ms), nothing has changed; try again, or raise switch_timeout");
      }
      notes.forget(content.deployment());
      try {
        change(next, bundle, content.revision(), active);
      } catch (ContentRefusedException | RuntimeException e) {
        if (old != null) {
          putBack(old, bundle, active);
        }
        throw e;
      }
      await(List.of(bundle), before);
    }
  }

  private void change(PlacedBundle next, Bundle bundle, int revision, List<Bundle> active)
      throws ContentRefusedException {
    try {
      bundle.stop(Bundle.STOP_TRANSIENT);
      bundle.update(new ByteArrayInputStream(next.content().text()));
    } catch (BundleException e) {
      throw Refusal.of(next.content(), Stage.CHECK, "can't be installed: " + Refusal.cause(e));
    }
    services.label(BundleLocation.of(next.content().deployment()), revision);
    refresh(List.of(bundle));
    start(next, bundle);
    startAgain(active);
    List<Diagnostic> left =
        dependents.comeBack(
            active.stream().map(Bundle::getBundleId).collect(Collectors.toUnmodifiableSet()));
    if (!left.isEmpty()) {
      throw new ContentRefusedException(Stage.LINK, left);
    }
  }

  private void putBack(PlacedBundle old, Bundle bundle, List<Bundle> active) {
    try {
      change(old, bundle, old.content().revision(), active);
      notes.write(old.content().deployment(), hash(old));
    } catch (ContentRefusedException e) {
      LOG.error("{} can't be put back: {}", bundle, e.getMessage());
    }
  }

  /** Rewires them and what is wired to them, and waits for it. */
  void refresh(List<Bundle> bundles) {
    CountDownLatch done = new CountDownLatch(1);
    refreshSet.wiring().refreshBundles(bundles, event -> done.countDown());
    try {
      if (!done.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} are still being refreshed after {} s", bundles, REFRESH.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those that the framework could not start when it rewired them. */
  private static void startAgain(List<Bundle> active) {
    for (Bundle each : active) {
      try {
        if (each.getState() == Bundle.RESOLVED || each.getState() == Bundle.INSTALLED) {
          each.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
        }
      } catch (BundleException | IllegalStateException e) {
        LOG.warn("{} does not start with the new bundle: {}", each, e.getMessage());
      }
    }
  }

  /** The names of the services in bundles. */
  Set<String> names(List<Bundle> bundles) {
    return bundles.stream()
        .flatMap(each -> services.names(each).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Components come up by themselves: calls wait a little longer for those that were there. */
  void await(List<Bundle> bundles, Set<String> before) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (!names(bundles).containsAll(before)
        && end - System.nanoTime() > 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Takes it away, unless another revision is in its place. */
  void leave(PlacedBundle last) {
    turn.run(
        () -> {
          String deployment = last.content().deployment();
          if (placed.remove(deployment, last)) {
            find(deployment).ifPresent(this::uninstall);
            notes.forget(deployment);
          }
        });
  }

  /** Those that are wired to it go on with what they have. */
  private void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
      if (refreshSet.of(List.of(bundle)).isEmpty()) {
        refreshSet.wiring().refreshBundles(List.of(bundle));
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("{} can't be uninstalled: {}", bundle, e.getMessage());
    }
  }

  /** Uninstalls bundles of deployments that are no more. */
  void sweep(Set<String> deployments) {
    for (Bundle each : context.getBundles()) {
      BundleLocation.name(each.getLocation())
          .filter(name -> !deployments.contains(name))
          .ifPresent(name -> turn.run(() -> uninstall(each)));
    }
  }

  private static String hash(PlacedBundle revision) {
    return Sha256.of(revision.content().text());
  }
}
