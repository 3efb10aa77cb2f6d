package org.caravanserai.management.internal;

import java.util.List;
import org.apache.karaf.bundle.core.BundleService;
import org.caravanserai.deploy.AffectedBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Which bundles the server is made of: the admin API answers by them, and leaves them alone. */
final class ServerBundles {

  private static final List<String> OURS = List.of("org.caravanserai.", "org.apache.karaf.");

  private ServerBundles() {}

  /** Whether a bundle is one of them. */
  static boolean has(BundleService bundles, Bundle bundle) {
    return isNamed(String.valueOf(bundle.getSymbolicName()))
        || bundle.adapt(BundleStartLevel.class).getStartLevel()
            <= bundles.getSystemBundleThreshold();
  }

  /**
   * Refuses a change that would restart one of them.
   *
   * @throws Problem 409
   */
  static void protect(List<AffectedBundle> affected) throws Problem {
    for (AffectedBundle each : affected) {
      if (isNamed(each.name())) {
        throw new Problem(
            409,
            "It would restart %s, which the server is made of: only the shell does that"
                .formatted(each));
      }
    }
  }

  private static boolean isNamed(String name) {
    return OURS.stream().anyMatch(name::startsWith);
  }
}
