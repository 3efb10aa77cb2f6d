package org.caravanserai.deploy.internal.bundle;

import java.util.Optional;

/** Where bundles that are deployments lie, as the framework knows them. */
final class BundleLocation {

  private static final String SCHEME = "serai-bundle:";

  /** For a look whether a bundle could be installed. */
  private static final String TRIAL = "serai-trial:";

  private BundleLocation() {}

  static String of(String deployment) {
    return SCHEME + deployment;
  }

  static String trial(String deployment) {
    return TRIAL + deployment;
  }

  /** The deployment whose bundle has that location; empty if it is none. */
  static Optional<String> name(String location) {
    return location.startsWith(SCHEME)
        ? Optional.of(location.substring(SCHEME.length()))
        : Optional.empty();
  }
}
