package org.caravanserai.camel.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** The server's parts, for components that Camel makes itself, by their class. */
final class Server {

  private Server() {}

  /**
   * A part of the server.
   *
   * @throws IllegalStateException if it is not there
   */
  static <T> T the(Class<T> part) {
    Bundle own = FrameworkUtil.getBundle(Server.class);
    BundleContext bundles = own == null ? null : own.getBundleContext();
    ServiceReference<T> reference = bundles == null ? null : bundles.getServiceReference(part);
    T found = bundles == null || reference == null ? null : bundles.getService(reference);
    if (found == null) {
      throw new IllegalStateException(part.getSimpleName() + " is not there");
    }
    return found;
  }
}
