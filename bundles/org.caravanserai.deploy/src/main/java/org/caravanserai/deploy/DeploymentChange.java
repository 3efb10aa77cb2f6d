package org.caravanserai.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that became of a deployment.
 *
 * @param time when
 * @param name its name
 * @param outcome what
 * @param revision the number of the revision that is current now; empty if there is none
 * @param services the services of that revision
 * @param message why, if it was refused or failed
 */
public record DeploymentChange(
    Instant time,
    String name,
    Outcome outcome,
    Optional<Integer> revision,
    List<String> services,
    Optional<String> message) {

  /** What may become of a deployment. */
  public enum Outcome {
    /** A new revision is live. */
    LIVE,
    /** A new revision with the source of an earlier one is live. */
    ROLLED_BACK,
    /** A new revision was refused; what was live is live still. */
    REJECTED,
    /** Its current revision could not be brought back. */
    FAILED,
    /** It was taken away. */
    UNDEPLOYED
  }
}
