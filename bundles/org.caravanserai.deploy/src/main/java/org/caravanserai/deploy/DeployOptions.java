package org.caravanserai.deploy;

import java.util.OptionalInt;

/**
 * How to deploy.
 *
 * @param expected the revision that must be current for it to happen; empty for any
 * @param dryRun only tell what would happen
 * @param force also if bundles of others are restarted by it
 */
public record DeployOptions(OptionalInt expected, boolean dryRun, boolean force) {

  /** Whatever is current, and not at the cost of others. */
  public static final DeployOptions USUAL = new DeployOptions(OptionalInt.empty(), false, false);
}
