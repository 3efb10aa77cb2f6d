package org.caravanserai.deploy.internal.install;

import java.util.Optional;

/**
 * How a revision stands as a bundle.
 *
 * @param id the bundle's id; empty while it is none
 * @param problem why it is none, or not as it should be; empty if all is well
 */
public record BundleState(Optional<Long> id, Optional<String> problem) {

  /** No bundle, or none yet. */
  public static final BundleState NONE = new BundleState(Optional.empty(), Optional.empty());
}
