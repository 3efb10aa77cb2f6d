package org.caravanserai.deploy.internal.engine;

import java.util.List;
import java.util.Optional;
import org.caravanserai.deploy.internal.store.Current;
import org.caravanserai.spi.Diagnostic;

/**
 * What the engine knows of a deployment.
 *
 * @param current what the store remembers; empty if nothing of it was ever live
 * @param revisions the numbers of the revisions that are kept, oldest first
 * @param attempt the file whose content was refused last; empty if none was
 * @param rejected why the last attempt was refused; empty if it was not
 */
record DeploymentState(
    Optional<Current> current,
    List<Integer> revisions,
    Optional<String> attempt,
    List<Diagnostic> rejected) {

  /** Nothing. */
  static final DeploymentState NONE =
      new DeploymentState(Optional.empty(), List.of(), Optional.empty(), List.of());

  /** The current revision if it is to be served. */
  Optional<Current> live() {
    return current.filter(Current::live);
  }

  /** The number of the current revision; 0 if there is none. */
  int revision() {
    return live().map(Current::revision).orElse(0);
  }

  /** The file from which it comes, live or refused. */
  Optional<String> origin() {
    return live().isPresent() ? live().flatMap(Current::origin) : attempt;
  }

  /** Whether there is anything to show. */
  boolean isDeployment() {
    return live().isPresent() || attempt.isPresent();
  }

  DeploymentState with(Current now) {
    return new DeploymentState(Optional.of(now), revisions, Optional.empty(), List.of());
  }

  DeploymentState with(Current now, List<Integer> kept) {
    return new DeploymentState(Optional.of(now), kept, Optional.empty(), List.of());
  }

  DeploymentState refused(Optional<String> file, List<Diagnostic> why) {
    return new DeploymentState(current, revisions, file, why);
  }
}
