package org.caravanserai.management;

import org.osgi.annotation.versioning.ProviderType;

/** The state of the server as a whole. */
@ProviderType
public interface ServerHealth {

  /** As it is now. */
  HealthAnswer look();
}
