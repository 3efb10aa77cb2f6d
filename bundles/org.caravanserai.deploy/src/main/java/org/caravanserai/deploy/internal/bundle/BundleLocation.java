package org.caravanserai.deploy.internal.bundle;

import java.util.Optional;

/** Where bundles that are deployments lie, as the framework knows them. */
final class BundleLocation {

  private static final String SCHEME = "serai-bundle:";

  private BundleLocation() {}

  static String of(String deployment) {
    return SCHEME + deployment;
  }

  /** The deployment whose bundle has that location; empty if it is none. */
  static Optional<String> name(String location) {
    return location.startsWith(SCHEME)
        ? Optional.of(location.substring(SCHEME.length()))
        : Optional.empty();
  }
}
