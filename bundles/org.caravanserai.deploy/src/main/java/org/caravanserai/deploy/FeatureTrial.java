package org.caravanserai.deploy;

import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what a change of features would do. */
@ProviderType
public interface FeatureTrial {

  /**
   * Asks the features service for a change, on this thread, and keeps it from doing it.
   *
   * @throws Exception whatever the work throws; because it can't be done
   */
  FeatureEffects preview(Callable<?> work) throws Exception;
}
