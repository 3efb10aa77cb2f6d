package org.caravanserai.deploy.internal.bundle;

import java.util.Collection;
import java.util.List;
import org.caravanserai.deploy.internal.features.HeldServices;
import org.caravanserai.runtime.ServiceRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The services in bundles that Karaf's features service changes. */
public final class ServicesInBundles implements HeldServices {

  private final BundleServices services;
  private final BundlePlaces places;

  /** Those of all bundles, of deployments and others. */
  public ServicesInBundles(BundleServices services, BundlePlaces places) {
    this.services = services;
    this.places = places;
  }

  @Override
  public List<String> names(Bundle bundle) {
    return services.names(bundle);
  }

  @Override
  public AutoCloseable hold(Collection<Bundle> bundles) throws BundleException {
    ServiceRegistry.Hold hold = places.hold(List.copyOf(bundles));
    if (!places.drain(hold)) {
      hold.close();
      throw new BundleException(
          "calls were still inside after three quarters of switch_timeout, nothing has changed;"
              + " try again, or raise switch_timeout");
    }
    return hold;
  }
}
