package org.caravanserai.deploy.internal.install;

import org.osgi.framework.Bundle;

/** Bundles that are installed for a moment to see whether they could be resolved. */
public final class TrialBundle {

  private static final String SCHEME = "serai-trial:";

  private TrialBundle() {}

  /** Where the trial of a deployment lies. */
  public static String location(String deployment) {
    return SCHEME + deployment;
  }

  /** Whether a bundle is one. */
  static boolean is(Bundle bundle) {
    return bundle.getLocation().startsWith(SCHEME);
  }
}
