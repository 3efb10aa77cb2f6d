package org.caravanserai.deploy.internal.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.caravanserai.deploy.DeployResult;
import org.caravanserai.deploy.DeployResult.Live;
import org.caravanserai.deploy.DeployResult.Rejected;
import org.caravanserai.deploy.internal.compile.Compiled;
import org.caravanserai.deploy.internal.compile.CompiledForm;
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
import org.slf4j.event.Level;

/** The steps of a deployment, in their order. For one thread at a time; anybody may read states. */
final class Pipeline {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final RevisionStore store;
  private final RevisionMaker maker;
  private final Switchboard switchboard;
  private final DeploymentChanges changes;
  private final Clock clock;
  private final LongAdder lives = new LongAdder();
  private final LongAdder rejections = new LongAdder();
  private final Map<String, DeploymentState> states = new ConcurrentHashMap<>();

  Pipeline(
      RevisionStore store,
      RevisionMaker maker,
      Switchboard switchboard,
      DeploymentChanges changes,
      Clock clock) {
    this.changes = changes;
    this.store = store;
    this.maker = maker;
    this.switchboard = switchboard;
    this.clock = clock;
  }

  Map<String, DeploymentState> states() {
    return states;
  }

  /** How many attempts to deploy ended so, by how they ended. */
  Map<String, Long> attempts() {
    return Map.of("live", lives.sum(), "rejected", rejections.sum());
  }

  DeploymentState state(String name) {
    return states.getOrDefault(name, DeploymentState.NONE);
  }

  /** Deploys what may be unfinished; whether it was taken for finished, because it compiles. */
  boolean deployIfItCompiles(DeployRequest request) {
    try {
      DeployResult result = attempt(request, false);
      LOG.trace("{}", result);
    } catch (DisturbingException e) {
      DeployResult result = disturbing(request, e);
      LOG.trace("{}", result);
    } catch (RejectedException e) {
      if (e.stage() == Stage.COMPILE) {
        return false;
      }
      DeployResult result = refused(request, e);
      LOG.trace("{}", result);
    }
    return true;
  }

  /** Deploys, or tells why not. */
  DeployResult deploy(DeployRequest request) {
    return deploy(request, false);
  }

  /** The same, also if it is live already: its classes are made anew. */
  DeployResult deployAnew(DeployRequest request) {
    return deploy(request, true);
  }

  private DeployResult deploy(DeployRequest request, boolean anew) {
    try {
      return attempt(request, anew);
    } catch (DisturbingException e) {
      return disturbing(request, e);
    } catch (RejectedException e) {
      return refused(request, e);
    }
  }

  /** A file can't be asked whether it insists. */
  private DeployResult disturbing(DeployRequest request, DisturbingException e) {
    if (request.file().isEmpty()) {
      return new DeployResult.Disturbing(e.affected());
    }
    String fileName = fileName(request.file().get());
    return refused(
        request,
        new RejectedException(
            Stage.CONFLICT,
            e.affected().stream()
                .map(
                    each ->
                        Diagnostic.error(
                            fileName,
                            0,
                            0,
                            "restarts "
                                + each
                                + "; it goes live by serai:deploy --force "
                                + request.file().get()))
                .toList()));
  }

  private DeployResult attempt(DeployRequest request, boolean anew)
      throws RejectedException, DisturbingException {
    String name = request.name();
    if (!DeploymentName.isValid(name)) {
      throw new RejectedException(
          Stage.COMPILE, Diagnostic.error(name + ".java", 0, 0, DeploymentName.RULE));
    }
    DeploymentState state = state(name);
    OptionalInt expected = request.options().expected();
    if (expected.isPresent() && expected.getAsInt() != state.revision()) {
      return new DeployResult.Outdated(state.revision());
    }
    try {
      String hash = Sha256.of(request.source());
      Optional<Served> served = switchboard.served(name).filter(each -> !each.stopped());
      if (!anew
          && served.isPresent()
          && state.live().filter(each -> each.sha256().equals(hash)).isPresent()) {
        if (!request.dryRun()) {
          adopt(request, state, hash);
        }
        return unchanged(state.revision(), served.get());
      }
      return deploy(request, state, hash);
    } catch (IOException e) {
      throw new UncheckedIOException("the revision can't be stored: " + e.getMessage(), e);
    }
  }

  private DeployResult refused(DeployRequest request, RejectedException e) {
    String name = request.name();
    DeploymentState state = state(name);
    boolean shown = request.file().isPresent() || state.isDeployment();
    if (!request.dryRun()) {
      rejections.increment();
    }
    if (!request.dryRun() && DeploymentName.isValid(name) && shown) {
      states.put(
          name,
          state.refused(request.file().map(Path::toString).or(state::attempt), e.diagnostics()));
    }
    Level level = request.dryRun() ? Level.DEBUG : Level.WARN;
    e.diagnostics()
        .forEach(
            each -> LOG.atLevel(level).log("{} rejected at {}: {}", name, e.stage().label(), each));
    if (!request.dryRun()) {
      List<String> services = switchboard.served(name).map(Served::names).orElse(List.of());
      changes.refused(name, state, services, String.valueOf(e.getMessage()));
    }
    return new Rejected(e.stage().label(), e.diagnostics());
  }

  private DeployResult deploy(DeployRequest request, DeploymentState state, String hash)
      throws RejectedException, DisturbingException, IOException {
    String name = request.name();
    int revision = store.next(name);
    boolean first = state.live().isEmpty();
    RevisionLabel label = new RevisionLabel(name, revision, request.dryRun());
    Timer timer = new Timer();
    Compiled compiled =
        maker.compile(name, request.source(), request.place().map(Pipeline::fileName));
    timer.compiled();
    if (request.dryRun()) {
      Candidate trial = maker.install(label, compiled, request.replaces());
      timer.installed();
      Served would = new Served(trial);
      maker.discard(trial);
      return new Live(
          "would-be-live",
          revision,
          first,
          would.names(),
          trial.affected(),
          List.of(),
          timer.timings());
    }
    maker.pin(label, compiled);
    Current current = current(request, state, revision, hash);
    Candidate candidate = installWhileStoring(label, compiled, current, request, timer);
    Served next = new Served(candidate);
    switchboard.change(next, candidate.serving(), request.replaces().orElse(name));
    timer.switched();
    candidate.installed().publish();
    states.put(name, state.with(current, store.revisions(name)));
    request.replaces().ifPresent(this::followed);
    writeThrough(request, current);
    lives.increment();
    changes.live(name, revision, next.names(), request.isRollback());
    LOG.info("{} rev {} live: {} ({})", name, revision, next, timer);
    return new Live(
        "live",
        revision,
        first,
        next.names(),
        candidate.affected(),
        candidate.serving().changes(),
        timer.timings());
  }

  private static String fileName(Path file) {
    return file.getFileName().toString();
  }

  /** Both go on at the same time; it is not served before it is durable. */
  private Candidate installWhileStoring(
      RevisionLabel label, Compiled compiled, Current current, DeployRequest request, Timer timer)
      throws RejectedException, DisturbingException, IOException {
    RevisionStore.Write write =
        store.append(current, request.source(), CompiledForm.write(compiled));
    Candidate candidate = null;
    try {
      Candidate made = maker.install(label, compiled, request.replaces());
      if (!made.affected().isEmpty() && !request.options().force()) {
        maker.discard(made);
        throw new DisturbingException(made.affected());
      }
      candidate = made;
    } finally {
      if (candidate == null) {
        revoke(label, write);
      }
    }
    timer.installed();
    try {
      write.await();
    } catch (IOException e) {
      maker.discard(candidate);
      throw e;
    }
    enter(label, candidate, write);
    write.confirm();
    timer.persisted();
    return candidate;
  }

  /** Only now, for what goes on in place must have been stored before. */
  private void enter(RevisionLabel label, Candidate candidate, RevisionStore.Write write)
      throws RejectedException {
    boolean entered = false;
    try {
      enter(candidate);
      entered = true;
    } finally {
      if (!entered) {
        revoke(label, write);
      }
    }
  }

  private static void revoke(RevisionLabel label, RevisionStore.Write write) {
    try {
      write.revoke();
    } catch (IOException e) {
      // Should it come back at the next start, it is refused again, and the one before serves.
      LOG.error("{} was refused, which can't be stored: {}", label, e.getMessage());
    }
  }

  private Current current(DeployRequest request, DeploymentState state, int revision, String hash)
      throws IOException {
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
    if (request.edit().isPresent()) {
      FileEdit edit = request.edit().get();
      return new Current(
          request.name(),
          revision,
          hash,
          true,
          Optional.of(edit.origin().toString()),
          edit.seen(),
          true,
          now);
    }
    // A file that could not be deleted is still the place of a deployment that was taken away.
    Optional<Current> before =
        state.current().filter(each -> each.live() || !each.seen().isEmpty());
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

  /** It is in the place of another one, which is over. */
  private void followed(String name) {
    try {
      remember(state(name).live().orElseThrow().gone(""));
    } catch (IOException e) {
      LOG.error("{} was renamed, which can't be stored: {}", name, e.getMessage());
      states.put(name, state(name).with(state(name).live().orElseThrow().gone("")));
    }
    changes.undeployed(name);
  }

  private void writeThrough(DeployRequest request, Current current) {
    if (request.file().isEmpty() && current.origin().isPresent()) {
      if (isWritten(request, current)) {
        try {
          remember(current.from(current.origin(), current.sha256(), false));
        } catch (IOException e) {
          // It is live. The file is found to be the same when it is looked at.
          LOG.warn("{} has its file, which can't be stored: {}", current.name(), e.getMessage());
        }
      }
    }
  }

  private static boolean isWritten(DeployRequest request, Current current) {
    Path origin = Path.of(current.origin().orElseThrow());
    if (request.edit().isEmpty()) {
      return new OriginFile(origin).write(request.source(), current.seen());
    }
    try {
      request.edit().get().make();
      return true;
    } catch (IOException e) {
      LOG.warn("{} can't be written and differs from what is live: {}", origin, String.valueOf(e));
      return false;
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
    } else if (request.edit().isPresent()) {
      FileEdit edit = request.edit().get();
      writeThrough(request, current.from(Optional.of(edit.origin().toString()), edit.seen(), true));
    } else if (current.differs()) {
      writeThrough(request, current);
    }
    states.put(
        request.name(), state(request.name()).with(state(request.name()).current().orElseThrow()));
  }

  private void remember(Current current) throws IOException {
    store.update(current);
    states.put(
        current.name(), state(current.name()).with(current, store.revisions(current.name())));
  }

  private static DeployResult unchanged(int revision, Served served) {
    return new Live(
        "unchanged",
        revision,
        false,
        served.names(),
        List.of(),
        List.of(),
        new DeployResult.Timings(0, 0, 0, 0));
  }

  /**
   * Takes a deployment away.
   *
   * @param seen the hash of what is in its file, which then does not deploy again; empty if there
   *     is none
   * @return whether there was one
   */
  boolean undeploy(String name, String seen) {
    DeploymentState state = state(name);
    if (!state.isDeployment()) {
      return false;
    }
    try {
      if (state.live().isPresent()) {
        remember(state.live().get().gone(seen));
      } else {
        states.put(name, state.refused(Optional.empty(), List.of()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the end of " + name + " can't be stored: " + e.getMessage(), e);
    }
    switchboard.takeAway(name);
    changes.undeployed(name);
    LOG.info("{} taken away", name);
    return true;
  }

  /** The file of a deployment that was taken away is gone: whatever comes there is new. */
  void forgetFile(String name) {
    Optional<Current> gone = state(name).current().filter(each -> !each.live());
    if (gone.isPresent() && !gone.get().seen().isEmpty()) {
      try {
        remember(gone.get().gone(""));
      } catch (IOException e) {
        LOG.warn("The file of {} is gone, which can't be stored: {}", name, e.getMessage());
      }
    }
  }

  /** Brings all deployments back that the store knows as live; says in the log which it can't. */
  void restoreAll() {
    long start = System.nanoTime();
    for (RevisionStore.Remembered each : store.load()) {
      String name = each.current().name();
      states.put(name, DeploymentState.NONE.with(each.current(), store.revisions(name)));
      boolean restored = restore(name);
      if (!each.confirmed()) {
        // Nobody was told that it is live: what can serve is what is current from now on.
        settle(restored ? each.current() : each.before().orElse(each.current().gone("")));
      }
    }
    LOG.info(
        "{} deployments restored in {} ms",
        states.keySet().stream().filter(name -> switchboard.served(name).isPresent()).count(),
        (System.nanoTime() - start) / 1_000_000);
  }

  /** The names of all that are to be live. */
  Set<String> wanted() {
    return states.entrySet().stream()
        .filter(each -> each.getValue().live().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void settle(Current current) {
    try {
      remember(current);
      restore(current.name());
    } catch (IOException e) {
      LOG.error("{} rev {} can't be stored as current", current.name(), current.revision(), e);
    }
  }

  /** Tries again what could not be brought back; whether some of it is. */
  boolean restoreFailed() {
    boolean some = false;
    for (String each : states.keySet().stream().sorted().toList()) {
      boolean missed = switchboard.served(each).isEmpty();
      restore(each);
      Optional<Served> back = switchboard.served(each).filter(served -> missed);
      back.ifPresent(served -> changes.live(each, state(each).revision(), served.names(), false));
      some |= back.isPresent();
    }
    return some;
  }

  /** The libraries that a deployment is pinned to, by their hashes. */
  static Set<String> libraries(Compiled compiled) {
    return compiled.imports().values().stream()
        .flatMap(pin -> pin.library().stream())
        .collect(Collectors.toSet());
  }

  /** The libraries that those need which are to be live and could not be brought back. */
  Set<String> unservedPins() {
    Set<String> pins = new HashSet<>();
    for (Map.Entry<String, DeploymentState> each : states.entrySet()) {
      Optional<Current> live = each.getValue().live();
      if (live.isPresent() && switchboard.served(each.getKey()).isEmpty()) {
        try {
          store
              .compiled(each.getKey(), live.get().revision())
              .flatMap(CompiledForm::read)
              .ifPresent(compiled -> pins.addAll(libraries(compiled)));
        } catch (IOException e) {
          LOG.warn("{} can't be read: {}", each.getKey(), String.valueOf(e));
        }
      }
    }
    return pins;
  }

  /** Tells whether it is as it should be now, or will be when its type is there. */
  private boolean restore(String name) {
    DeploymentState state = state(name);
    if (state.live().isEmpty() || switchboard.served(name).isPresent()) {
      return true;
    }
    Current current = state.live().get();
    RevisionLabel label = new RevisionLabel(name, current.revision(), false);
    try {
      Candidate candidate = restored(label);
      enter(candidate);
      switchboard.change(new Served(candidate), candidate.serving(), name);
      candidate.installed().publish();
      states.put(name, state.with(current));
      LOG.debug("{} restored", label);
      return true;
    } catch (WaitingException e) {
      Diagnostic why = Diagnostic.error(name, 0, 0, "" + e.getMessage());
      states.put(name, state.refused(current.origin(), List.of(why)));
      LOG.debug("{} waits: {}", label, e.getMessage());
      return true;
    } catch (RejectedException e) {
      states.put(name, state.refused(current.origin(), e.diagnostics()));
      changes.failed(name, state, String.valueOf(e.getMessage()));
      LOG.error("{} not restored: {}", label, e.getMessage());
    } catch (IOException | RuntimeException e) {
      changes.failed(name, state, "not restored; the log says why");
      LOG.error("{} not restored", label, e);
    }
    return false;
  }

  private void enter(Candidate candidate) throws RejectedException {
    boolean entered = false;
    try {
      candidate.serving().enter();
      entered = true;
    } finally {
      if (!entered) {
        maker.discard(candidate);
      }
    }
  }

  /** What a revision has from Maven repositories is what its source gets when it comes again. */
  void remember(String name, int revision) {
    try {
      maker.remember(name, revision);
    } catch (IOException e) {
      LOG.warn("The libraries of {} rev {} can't be read: {}", name, revision, e.getMessage());
    }
  }

  /** From the classes that were stored, or from the source if they do not fit any more. */
  private Candidate restored(RevisionLabel label)
      throws RejectedException, WaitingException, IOException {
    String name = label.deployment();
    Optional<Compiled> stored = store.compiled(name, label.revision()).flatMap(CompiledForm::read);
    remember(name, label.revision());
    if (stored.isPresent()) {
      if (maker.isWaiting(stored.get())) {
        throw new WaitingException(stored.get().fileName());
      }
      try {
        return maker.install(label, stored.get(), Optional.empty());
      } catch (RejectedException e) {
        if (e.stage() != Stage.LINK) {
          throw e;
        }
        LOG.info("{} is compiled again: {}", label, e.getMessage());
      }
    }
    byte[] content =
        store
            .content(name, label.revision())
            .orElseThrow(() -> new IOException("its source is missing or damaged"));
    return maker.install(label, maker.compile(name, content, Optional.empty()), Optional.empty());
  }
}
