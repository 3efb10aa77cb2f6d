package org.caravanserai.deploy.internal.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.internal.compile.RejectedException;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.deploy.internal.install.RevisionLabel;
import org.caravanserai.deploy.internal.store.Current;
import org.caravanserai.deploy.internal.store.DeploymentName;
import org.caravanserai.deploy.internal.store.RevisionStore;
import org.caravanserai.deploy.internal.store.Sha256;
import org.caravanserai.spi.Diagnostic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a deployment, in their order. For one thread at a time; anybody may read states. */
final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final RevisionStore store;
  private final RevisionMaker maker;
  private final Switchboard switchboard;
  private final Clock clock;
  private final Map<String, DeploymentState> states = new ConcurrentHashMap<>();

  Pipeline(RevisionStore store, RevisionMaker maker, Switchboard switchboard, Clock clock) {
    this.store = store;
    this.maker = maker;
    this.switchboard = switchboard;
    this.clock = clock;
  }

  Map<String, DeploymentState> states() {
    return states;
  }

  DeploymentState state(String name) {
    return states.getOrDefault(name, DeploymentState.NONE);
  }

  /** Deploys, or tells why not. */
  DeployResult deploy(DeployRequest request) {
    String name = request.name();
    if (!DeploymentName.isValid(name)) {
      return rejected(Stage.COMPILE, Diagnostic.error(name + ".java", 0, 0, DeploymentName.RULE));
    }
    DeploymentState state = state(name);
    if (request.expected().isPresent() && request.expected().getAsInt() != state.revision()) {
      return new DeployResult.Outdated(state.revision());
    }
    try {
      String hash = Sha256.of(request.source());
      Optional<Served> served = switchboard.served(name).filter(each -> !each.stopped());
      if (served.isPresent()
          && state.live().filter(each -> each.sha256().equals(hash)).isPresent()) {
        if (!request.dryRun()) {
          adopt(request, state, hash);
        }
        return unchanged(state.revision(), served.get());
      }
      return deploy(request, state, hash);
    } catch (RejectedException e) {
      if (!request.dryRun() && (request.file().isPresent() || state.isDeployment())) {
        states.put(
            name,
            state.refused(request.file().map(Path::toString).or(state::attempt), e.diagnostics()));
      }
      e.diagnostics()
          .forEach(each -> LOG.warn("{} rejected at {}: {}", name, e.stage().label(), each));
      return new Rejected(e.stage().label(), e.diagnostics());
    } catch (IOException e) {
      throw new UncheckedIOException("the revision can't be stored: " + e.getMessage(), e);
    }
  }

  private DeployResult deploy(DeployRequest request, DeploymentState state, String hash)
      throws RejectedException, IOException {
    String name = request.name();
    int revision = Math.max(store.next(name), state.current().map(Current::revision).orElse(0) + 1);
    boolean first = state.live().isEmpty();
    Timer timer = new Timer();
    Candidate candidate =
        maker.make(new RevisionLabel(name, revision, request.dryRun()), request.source(), timer);
    Served next = new Served(candidate.installed(), candidate.services());
    if (request.dryRun()) {
      maker.discard(candidate);
      return new Live("would-be-live", revision, first, next.names(), timer.timings());
    }
    Current current = current(request, state, revision, hash);
    RevisionStore.Write write = store.append(current, request.source(), new byte[0]);
    try {
      write.await();
    } catch (IOException e) {
      maker.discard(candidate);
      throw e;
    }
    timer.persisted();
    switchboard.change(next);
    write.confirm();
    timer.switched();
    states.put(name, state.with(current, store.revisions(name)));
    writeThrough(request, current);
    LOG.info("{} rev {} live: {} ({})", name, revision, String.join(", ", next.names()), timer);
    return new Live("live", revision, first, next.names(), timer.timings());
  }

  private Current current(DeployRequest request, DeploymentState state, int revision, String hash) {
    Instant now = clock.instant();
    if (request.file().isPresent()) {
      return new Current(
          request.name(),
          revision,
          hash,
          true,
          request.file().map(Path::toString),
          hash,
          false,
          now);
    }
    // Until the file is written, what was seen in it before must not deploy again after a crash.
    Optional<Current> before = state.live();
    Optional<String> origin = before.flatMap(Current::origin);
    return new Current(
        request.name(),
        revision,
        hash,
        true,
        origin,
        before.map(Current::seen).orElse(""),
        origin.isPresent(),
        now);
  }

  private void writeThrough(DeployRequest request, Current current) throws IOException {
    if (request.file().isEmpty() && current.origin().isPresent()) {
      OriginFile file = new OriginFile(Path.of(current.origin().get()));
      if (file.write(request.source(), current.seen())) {
        remember(current.from(current.origin(), current.sha256(), false));
      }
    }
  }

  /** The same source as the current one: at most its file is another. */
  private void adopt(DeployRequest request, DeploymentState state, String hash) throws IOException {
    Current current = state.current().orElseThrow();
    if (request.file().isPresent()) {
      Optional<String> file = request.file().map(Path::toString);
      Current adopted = current.from(file, hash, false);
      if (!adopted.equals(current)) {
        LOG.info("{} rev {} comes from {}", request.name(), current.revision(), file.get());
        remember(adopted);
        return;
      }
    } else if (current.differs()) {
      writeThrough(request, current);
    }
    states.put(
        request.name(), state(request.name()).with(state(request.name()).current().orElseThrow()));
  }

  private void remember(Current current) throws IOException {
    store.update(current);
    states.put(current.name(), state(current.name()).with(current));
  }

  private static DeployResult unchanged(int revision, Served served) {
    return new Live(
        "unchanged", revision, false, served.names(), new DeployResult.Timings(0, 0, 0, 0));
  }

  private static Rejected rejected(Stage stage, Diagnostic diagnostic) {
    return new Rejected(stage.label(), List.of(diagnostic));
  }

  /**
   * Takes a deployment away.
   *
   * @param seen the hash of what is left in its file, which then does not deploy again; empty if
   *     nothing is left
   * @return whether there was one
   */
  boolean undeploy(String name, String seen) {
    DeploymentState state = state(name);
    if (!state.isDeployment()) {
      return false;
    }
    try {
      if (state.live().isPresent()) {
        Current gone = state.live().get().gone(seen);
        store.update(gone);
        states.put(name, state.with(gone));
      } else {
        states.put(name, state.refused(Optional.empty(), List.of()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the end of " + name + " can't be stored", e);
    }
    switchboard.takeAway(name);
    LOG.info("{} taken away", name);
    return true;
  }

  /** Brings all deployments back that the store knows as live; says in the log which it can't. */
  void restoreAll() {
    for (RevisionStore.Remembered remembered : store.load()) {
      Current each = remembered.current();
      states.put(each.name(), DeploymentState.NONE.with(each, store.revisions(each.name())));
    }
    states.keySet().stream().sorted().forEach(this::restore);
  }

  /** Tries again what could not be brought back. */
  void restoreFailed() {
    states.keySet().stream().sorted().forEach(this::restore);
  }

  private void restore(String name) {
    DeploymentState state = state(name);
    if (state.live().isEmpty() || switchboard.served(name).isPresent()) {
      return;
    }
    Current current = state.live().get();
    try {
      Optional<byte[]> source =
          store
              .content(name, current.revision())
              .filter(bytes -> Sha256.of(bytes).equals(current.sha256()));
      if (source.isEmpty()) {
        LOG.error(
            "{} rev {} not restored: its source is missing or damaged", name, current.revision());
        states.remove(name);
        return;
      }
      Timer timer = new Timer();
      Candidate candidate =
          maker.make(new RevisionLabel(name, current.revision(), false), source.get(), timer);
      Served next = new Served(candidate.installed(), candidate.services());
      switchboard.change(next);
      timer.switched();
      states.put(name, state.with(current));
      LOG.info(
          "{} rev {} restored: {} ({})",
          name,
          current.revision(),
          String.join(", ", next.names()),
          timer);
    } catch (RejectedException e) {
      states.put(name, state.refused(current.origin(), e.diagnostics()));
      LOG.error("{} rev {} not restored: {}", name, current.revision(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.error("{} rev {} not restored", name, current.revision(), e);
    }
  }
}
