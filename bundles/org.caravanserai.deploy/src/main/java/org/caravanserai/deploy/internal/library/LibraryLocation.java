package org.caravanserai.deploy.internal.library;

import org.caravanserai.connect.ConnectedModules;
import org.osgi.framework.Bundle;

/** The locations of the bundles of libraries. */
final class LibraryLocation {

  /** The compiler copies it, so that it is there on other frameworks than ours too. */
  static final String SCHEME = ConnectedModules.LIBRARIES;

  private LibraryLocation() {}

  /** Whether a bundle is one of a library. */
  static boolean isOf(Bundle bundle) {
    return bundle.getLocation().startsWith(SCHEME);
  }

  /** The location of the first bundle of a library. */
  static String of(String name, String version, String sha256) {
    return SCHEME + name + ":" + version + ":" + sha256;
  }
}
