package org.caravanserai.deploy.internal.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.caravanserai.deploy.DeployOptions;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployableType;
import org.caravanserai.deploy.DeploymentChange;
import org.caravanserai.deploy.DeploymentInfo;
import org.caravanserai.deploy.LibraryInfo;
import org.caravanserai.deploy.RevisionInfo;
import org.caravanserai.deploy.internal.bundle.BundleDeployments;
import org.caravanserai.deploy.internal.bundle.BundleServices;
import org.caravanserai.deploy.internal.compile.DeploymentCompiler;
import org.caravanserai.deploy.internal.install.BundleState;
import org.caravanserai.deploy.internal.install.InstallTarget;
import org.caravanserai.deploy.internal.library.Libraries;
import org.caravanserai.deploy.internal.store.Current;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.deploy.internal.watch.SourceFiles;
import org.caravanserai.runtime.ServiceRegistry;
import org.caravanserai.spi.Diagnostic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one queue through which all deployments go, from whatever side they come. */
public final class DeployEngine implements SourceFiles, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeployEngine.class);

  private final DeploymentCompiler compiler;
  private final InstallTarget target;
  private final RevisionStore store;
  private final BundleServices services;
  private final BundleDeployments bundles;
  private final DeployableTypes types;
  private final Switchboard switchboard;
  private final Retirement retirement;
  private final Pipeline pipeline;
  private final OperatorActions operatorActions;
  private final LongSupplier packageChanges;
  private final Libraries libraries;
  private final Duration stopTimeout;
  private final DeploymentChanges changes = new DeploymentChanges(Clock.systemUTC());
  private final ExecutorService queue =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "serai-deploy");
            made.setDaemon(true);
            return made;
          });
  private final AtomicInteger restoring = new AtomicInteger();
  private long packagesTried;
  private volatile boolean restored;

  /**
   * What an engine is made of.
   *
   * @param compiler compiles
   * @param target installs
   * @param registry serves
   * @param store remembers
   * @param packageChanges grows whenever other packages can be imported than before
   * @param libraries are what deployments may share
   * @param services serves what is in bundles
   * @param bundles deploys bundles that are more than services
   * @param switchTimeout how long calls wait for what is replaced in place
   * @param drainTimeout how long calls may go on in a replaced revision
   * @param stopTimeout how long a stop by hand, or the end of the engine, waits for calls
   */
  public record Parts(
      DeploymentCompiler compiler,
      InstallTarget target,
      ServiceRegistry registry,
      RevisionStore store,
      LongSupplier packageChanges,
      Libraries libraries,
      BundleServices services,
      BundleDeployments bundles,
      Duration switchTimeout,
      Duration drainTimeout,
      Duration stopTimeout) {}

  /** Makes an engine; {@link #restore} must come first. */
  public DeployEngine(Parts parts) {
    compiler = parts.compiler();
    target = parts.target();
    store = parts.store();
    packageChanges = parts.packageChanges();
    libraries = parts.libraries();
    services = parts.services();
    bundles = parts.bundles();
    types = new DeployableTypes(bundles);
    stopTimeout = parts.stopTimeout();
    retirement = new Retirement(parts.registry(), parts.drainTimeout());
    switchboard = new Switchboard(parts.registry(), retirement);
    Preparation preparation = new Preparation(parts.registry(), types);
    pipeline =
        new Pipeline(
            store,
            new RevisionMaker(parts.compiler(), types, target, preparation, switchboard),
            switchboard,
            changes,
            Clock.systemUTC());
    operatorActions =
        new OperatorActions(
            switchboard, preparation, parts.registry(), stopTimeout, parts.switchTimeout());
    bundles.follow(this::comeBack);
  }

  /** Brings back what was live when the server stopped; runs in the queue, ahead of all else. */
  public void restore() {
    queue.execute(
        () -> {
          try {
            target.open(operatorActions);
            libraries.open();
            services.open();
            packagesTried = packageChanges.getAsLong();
            pipeline.restoreAll();
            bundles.sweep(pipeline.wanted());
          } catch (RuntimeException e) {
            LOG.error("The deployments can't be restored", e);
          } finally {
            restored = true;
          }
        });
  }

  /** Compiles those once more which do not run with a bundle that has followed another. */
  private List<Diagnostic> comeBack(Set<Long> ids) {
    List<Diagnostic> left = new ArrayList<>();
    for (Served each : switchboard.all()) {
      boolean lost =
          each.stopped()
              && each.content().isEmpty()
              && each.bundle().id().filter(ids::contains).isPresent();
      if (lost && anew(each.deployment()) instanceof DeployResult.Rejected rejected) {
        left.addAll(rejected.diagnostics());
      }
    }
    return left;
  }

  /** Deletes what was fetched for revisions that are not kept any more. */
  public void cleanUp() {
    Instant now = Instant.now();
    later(
        () -> {
          try {
            compiler.retainLibraries(
                (name, revision) -> pipeline.state(name).revisions().contains(revision), now);
          } catch (IOException e) {
            LOG.warn("Libraries that nobody needs stay: {}", String.valueOf(e));
          }
        });
  }

  /** Whether {@link #restore} has come to its end, and those of types that came since are back. */
  public boolean restored() {
    return restored && restoring.get() == 0;
  }

  /** Deployments of that type go live from now on, those which wait for it too. */
  public void add(DeployableType type) {
    types.add(type);
    restoring.incrementAndGet();
    later(
        () -> {
          try {
            pipeline.restoreFailed();
            operatorActions.completeAll();
          } finally {
            restoring.decrementAndGet();
          }
        });
  }

  /** The type goes: its deployments end before this returns, and wait for it to come again. */
  public void remove(DeployableType type) {
    types.remove(type);
    try {
      List<String> waiting =
          inQueue(() -> switchboard.takeAway(content -> type == content.type(), stopTimeout));
      LOG.info("{} deployments wait for what takes their source: {}", waiting.size(), waiting);
    } catch (RejectedExecutionException e) {
      LOG.debug("left to the end of the engine: the server stops");
    }
  }

  private void later(Runnable work) {
    try {
      queue.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("left as it is: the server stops");
    }
  }

  /** As {@code Deployments.deploy}. */
  public DeployResult deploy(String name, byte[] source, DeployOptions options) {
    compiler.fetch(name, source, false);
    return inQueue(
        () -> pipeline.deploy(new DeployRequest(name, source, Optional.empty(), options)));
  }

  /**
   * Deploys what is to be in a file, and changes the file once that is live.
   *
   * @param replaces the deployment in whose place it comes, if it gets another name by that
   * @return what became of it; empty if the file is another than it is to be
   * @throws UncheckedIOException if a file can't be read, or the revision not be stored
   */
  public Optional<DeployResult> save(
      String name, FileEdit edit, DeployOptions options, Optional<String> replaces) {
    try {
      compiler.fetch(name, edit.source(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inQueue(
        () -> {
          try {
            if (!edit.isCurrent()) {
              return Optional.empty();
            }
            DeployRequest request =
                new DeployRequest(
                    name,
                    edit.source(),
                    Optional.empty(),
                    options,
                    false,
                    Optional.of(edit),
                    replaces);
            return Optional.of(pipeline.deploy(request));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /**
   * Takes a deployment away if its file is what it is to be, and changes the file.
   *
   * @return whether the file is what it is to be
   * @throws UncheckedIOException if the file, or the end of the deployment, can't be written
   */
  public boolean undeploy(String name, FileEdit edit) {
    return inQueue(
        () -> {
          try {
            if (!edit.isCurrent()) {
              return false;
            }
            pipeline.undeploy(name, edit.seen());
            edit.make();
            pipeline.forgetFile(name);
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** As {@code Deployments.rollback}. */
  public DeployResult rollback(String name, int revision, boolean force) {
    return inQueue(
        () -> {
          if (pipeline.state(name).live().isEmpty()) {
            return new DeployResult.Missing("there is no deployment " + name);
          }
          Optional<byte[]> content = content(name, revision);
          if (content.isEmpty()) {
            return new DeployResult.Missing(name + " has no revision " + revision);
          }
          pipeline.remember(name, revision);
          return pipeline.deploy(
              new DeployRequest(
                  name,
                  content.get(),
                  Optional.empty(),
                  new DeployOptions(OptionalInt.empty(), false, force),
                  true,
                  Optional.empty(),
                  Optional.empty()));
        });
  }

  /** As {@code Deployments.revisions}. */
  public List<RevisionInfo> revisions(String name) {
    DeploymentState state = pipeline.state(name);
    if (!state.isDeployment()) {
      return List.of();
    }
    return state.revisions().stream()
        .sorted(Comparator.reverseOrder())
        .map(number -> revision(name, state, number))
        .toList();
  }

  private RevisionInfo revision(String name, DeploymentState state, int number) {
    Optional<DeploymentChange> known = changes.live(name, number);
    Optional<Current> current = state.live().filter(each -> each.revision() == number);
    List<String> services =
        current
            .flatMap(each -> switchboard.served(name))
            .map(Served::names)
            .or(() -> known.map(DeploymentChange::services))
            .orElse(List.of());
    return new RevisionInfo(
        number,
        current.isPresent(),
        known.map(DeploymentChange::time).or(() -> current.map(Current::since)),
        known.map(DeploymentChange::outcome),
        services);
  }

  /** As {@code Deployments.source}. */
  public Optional<byte[]> source(String name, int revision) {
    return pipeline.state(name).isDeployment() ? content(name, revision) : Optional.empty();
  }

  private Optional<byte[]> content(String name, int revision) {
    try {
      return store.content(name, revision);
    } catch (IOException e) {
      throw new UncheckedIOException(
          name + " rev " + revision + " can't be read: " + e.getMessage(), e);
    }
  }

  /** As {@code Deployments.undeploy}. */
  public boolean undeploy(String name) {
    return inQueue(
        () -> {
          Optional<Current> live = pipeline.state(name).live();
          String seen = live.map(Current::seen).orElse("");
          // The file goes last: should the end not be stored, then nothing has changed.
          boolean undeployed = pipeline.undeploy(name, seen);
          boolean fileGone =
              live.flatMap(Current::origin)
                  .map(file -> new OriginFile(Path.of(file)).delete(seen))
                  .orElse(true);
          if (fileGone) {
            pipeline.forgetFile(name);
          }
          return undeployed;
        });
  }

  /** As {@code Deployments.list}. */
  public List<DeploymentInfo> list() {
    return pipeline.states().keySet().stream()
        .sorted()
        .map(this::find)
        .flatMap(Optional::stream)
        .toList();
  }

  /** As {@code Deployments.find}. */
  public Optional<DeploymentInfo> find(String name) {
    DeploymentState state = pipeline.state(name);
    if (!state.isDeployment()) {
      return Optional.empty();
    }
    Optional<Current> live = state.live();
    Optional<Served> served = switchboard.served(name);
    BundleState bundle = served.map(Served::bundle).orElse(BundleState.NONE);
    String status;
    if (live.isEmpty()) {
      status = "rejected";
    } else if (served.isEmpty()) {
      status = "failed";
    } else {
      status = served.get().stopped() ? "stopped" : "live";
    }
    return Optional.of(
        new DeploymentInfo(
            name,
            status,
            state.revision(),
            live.map(Current::sha256),
            served.map(Served::names).orElse(List.of()),
            served.map(Served::parts).orElse(List.of()),
            state.origin(),
            live.map(Current::differs).orElse(false) ? "differs" : "same",
            live.map(Current::since).orElse(Instant.EPOCH),
            state.revisions(),
            state.rejected(),
            bundle.id(),
            bundle.problem()));
  }

  /** As {@code Deployments.digest}. */
  public String digest() {
    StringBuilder code = new StringBuilder();
    for (DeploymentInfo each : list()) {
      each.sha256()
          .ifPresent(hash -> code.append(each.name()).append(' ').append(hash).append('\n'));
    }
    return "sha256:" + Sha256.of(code.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What becomes of deployments. */
  public DeploymentChanges changes() {
    return changes;
  }

  /** How many attempts to deploy ended so, since the server started, by how they ended. */
  public Map<String, Long> attempts() {
    return pipeline.attempts();
  }

  @Override
  public boolean changed(String name, Path file, byte[] content, boolean tentative) {
    // Half of a text may be as good as the whole: such a file must stand still first.
    if (tentative && types.isText(file.getFileName().toString())) {
      return false;
    }
    compiler.fetch(name, content, false);
    return inQueue(
        () -> {
          // A deployment that went first may have written the file since; then it comes once more.
          if (!new OriginFile(file).holds(content)) {
            return !tentative;
          }
          Optional<Current> known = pipeline.state(name).current();
          boolean seen =
              known
                  .filter(each -> each.origin().equals(Optional.of(file.toString())))
                  .filter(each -> each.seen().equals(Sha256.of(content)))
                  .isPresent();
          if (!seen || pipeline.state(name).attempt().isPresent()) {
            DeployRequest request =
                new DeployRequest(name, content, Optional.of(file), DeployOptions.USUAL);
            if (tentative) {
              return pipeline.deployIfItCompiles(request);
            }
            long before = packageChanges.getAsLong();
            if (pipeline.deploy(request) instanceof DeployResult.Rejected) {
              forgive(before);
            }
          }
          return true;
        });
  }

  /**
   * What was refused may have come and gone as a bundle: no reason to try it again.
   *
   * @param before how far packages had changed when it was tried
   */
  private void forgive(long before) {
    packagesTried += packageChanges.getAsLong() - before;
  }

  @Override
  public void gone(String name, Path file) {
    inQueue(
        () ->
            pipeline.state(name).origin().equals(Optional.of(file.toString()))
                && pipeline.undeploy(name, ""));
  }

  @Override
  public Optional<String> deploymentName(String fileName) {
    return types.deploymentName(fileName);
  }

  @Override
  public Optional<Path> origin(String name) {
    return pipeline.state(name).origin().map(Path::of);
  }

  @Override
  public boolean isRefused(String name, Path file) {
    DeploymentState state = pipeline.state(name);
    return !state.rejected().isEmpty() && state.attempt().equals(Optional.of(file.toString()));
  }

  @Override
  public Map<Path, String> seen() {
    // In the queue, so that it tells of everything that was restored.
    return inQueue(
        () -> {
          Map<Path, String> seen = new HashMap<>(libraries.seen());
          for (DeploymentState each : pipeline.states().values()) {
            each.live()
                .ifPresent(
                    live -> live.origin().ifPresent(file -> seen.put(Path.of(file), live.seen())));
          }
          return seen;
        });
  }

  @Override
  public boolean tick() {
    boolean changed =
        inQueue(
            () -> {
              long now = packageChanges.getAsLong();
              if (now == packagesTried) {
                return false;
              }
              packagesTried = now;
              if (!pipeline.restoreFailed()) {
                forgive(now);
              }
              return true;
            });
    // Outside the queue: it may wait for the features service, and deploying goes on meanwhile.
    libraries.sweep(target::loadsFrom, () -> inQueue(pipeline::unservedPins));
    return changed;
  }

  /** As {@code Deployments.libraries}. */
  public List<LibraryInfo> libraries() {
    Map<String, Set<String>> users = new HashMap<>();
    for (String name : pipeline.states().keySet()) {
      switchboard
          .served(name)
          .ifPresent(served -> users.put(name, Pipeline.libraries(served.installed().compiled())));
    }
    return libraries.list(users);
  }

  /** As {@code Deployments.redeploy}. */
  public DeployResult redeploy(String name) {
    pipeline
        .state(name)
        .live()
        .flatMap(live -> content(name, live.revision()))
        .ifPresent(content -> compiler.fetch(name, content, true));
    return inQueue(() -> anew(name));
  }

  private DeployResult anew(String name) {
    Optional<Current> live = pipeline.state(name).live();
    if (live.isEmpty()) {
      return new DeployResult.Missing("there is no deployment " + name);
    }
    byte[] content =
        content(name, live.get().revision())
            .orElseThrow(
                () -> new IllegalStateException(name + " has lost the source of its revision"));
    return pipeline.deployAnew(
        new DeployRequest(name, content, Optional.empty(), DeployOptions.USUAL));
  }

  private <T> T inQueue(Callable<T> work) {
    Future<T> result = queue.submit(work);
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the deployment goes on", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends the queue and lets calls drain for a while; the next engine removes the bundles. */
  @Override
  public void close() {
    queue.shutdownNow();
    switchboard.stopAll(stopTimeout);
    services.close();
    target.close();
    retirement.close();
  }
}
