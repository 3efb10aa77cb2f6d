package org.caravanserai.connect;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The modules that the framework takes for bundles when their location is installed. A service of
 * the system bundle, there from the framework's initialisation on.
 */
@ProviderType
public interface ConnectedModules {

  /** Locations of modules begin with it; the framework's cache is cleaned of them at each start. */
  String SCHEME = "serai:";

  /**
   * Locations of shared libraries begin with it. They are ordinary bundles, but the cache is
   * cleaned of them too: the server's own bundles must not find them when they are resolved.
   */
  String LIBRARIES = "serai-lib:";

  /**
   * Makes a module known, so that a bundle can be installed from its location.
   *
   * @param location the location, which begins with {@link #SCHEME}
   * @throws IllegalArgumentException if the location is another's
   */
  void put(String location, Module module);

  /** Forgets a module; its bundle must be uninstalled before. */
  void remove(String location);
}
