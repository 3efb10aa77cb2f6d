package org.caravanserai.deploy.internal.install;

import org.caravanserai.connect.ConnectedModules;
import org.osgi.framework.Bundle;

/**
 * Which revision of which deployment.
 *
 * @param deployment the deployment's name
 * @param revision the revision's number, from 1
 * @param trial whether it is installed only to see whether it could be
 */
public record RevisionLabel(String deployment, int revision, boolean trial) {

  /** The compiler copies it, so that it is there on other frameworks than ours too. */
  static final String SCHEME = ConnectedModules.SCHEME;

  /** Whether a bundle is a revision of a deployment. */
  public static boolean isOf(Bundle bundle) {
    return bundle.getLocation().startsWith(SCHEME);
  }

  /** The location of its bundle. */
  String location() {
    return SCHEME + deployment + "/" + revision + (trial ? "-trial" : "");
  }

  /** The version of its bundle, which tells it apart in lists of bundles. */
  String version() {
    return "1.0.0.rev-" + revision + (trial ? "-trial" : "");
  }

  /** Reads {@code hello rev 7}. */
  @Override
  public String toString() {
    return deployment + " rev " + revision;
  }
}
