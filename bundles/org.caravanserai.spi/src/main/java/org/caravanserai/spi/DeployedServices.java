package org.caravanserai.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Which services are deployed now. */
@ProviderType
public interface DeployedServices {

  /** Whether there is a service of that name now. Answers at once, from any thread. */
  boolean isDeployed(String service);
}
