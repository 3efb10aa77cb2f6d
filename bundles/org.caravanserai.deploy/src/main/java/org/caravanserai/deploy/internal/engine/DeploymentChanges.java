package org.caravanserai.deploy.internal.engine;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.caravanserai.deploy.DeploymentChange;
import org.caravanserai.deploy.DeploymentChange.Outcome;

/** Tells followers what becomes of deployments, and remembers which revisions went live. */
public final class DeploymentChanges {

  private final List<Consumer<DeploymentChange>> followers = new CopyOnWriteArrayList<>();

  /** As many as are kept of a deployment, as a rule. */
  private static final int REMEMBERED = 100;

  private final Map<String, ConcurrentSkipListMap<Integer, DeploymentChange>> lives =
      new ConcurrentHashMap<>();
  private final Clock clock;

  DeploymentChanges(Clock clock) {
    this.clock = clock;
  }

  /** Tells one more. */
  public void add(Consumer<DeploymentChange> follower) {
    followers.add(follower);
  }

  /** Tells one less. */
  public void remove(Consumer<DeploymentChange> follower) {
    followers.remove(follower);
  }

  void live(String name, int revision, List<String> services, boolean isRollback) {
    Outcome outcome = isRollback ? Outcome.ROLLED_BACK : Outcome.LIVE;
    var change =
        new DeploymentChange(
            clock.instant(), name, outcome, Optional.of(revision), services, Optional.empty());
    var known = lives.computeIfAbsent(name, key -> new ConcurrentSkipListMap<>());
    known.putIfAbsent(revision, change);
    while (known.size() > REMEMBERED) {
      known.pollFirstEntry();
    }
    followers.forEach(follower -> follower.accept(change));
  }

  /** How a revision went live, if it did since the server started. */
  Optional<DeploymentChange> live(String name, int revision) {
    return Optional.ofNullable(lives.get(name)).map(known -> known.get(revision));
  }

  void refused(String name, DeploymentState state, List<String> services, String why) {
    tell(name, Outcome.REJECTED, revision(state), services, Optional.of(why));
  }

  void failed(String name, DeploymentState state, String why) {
    tell(name, Outcome.FAILED, revision(state), List.of(), Optional.of(why));
  }

  void undeployed(String name) {
    lives.remove(name);
    tell(name, Outcome.UNDEPLOYED, Optional.empty(), List.of(), Optional.empty());
  }

  private static Optional<Integer> revision(DeploymentState state) {
    return state.live().map(live -> live.revision());
  }

  private void tell(
      String name,
      Outcome outcome,
      Optional<Integer> revision,
      List<String> services,
      Optional<String> message) {
    if (!followers.isEmpty()) {
      var change =
          new DeploymentChange(clock.instant(), name, outcome, revision, services, message);
      followers.forEach(follower -> follower.accept(change));
    }
  }
}
