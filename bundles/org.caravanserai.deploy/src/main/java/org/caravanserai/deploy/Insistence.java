package org.caravanserai.deploy;

import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** Lets changes of bundles and features through that are refused because they disturb others. */
@ProviderType
public interface Insistence {

  /**
   * Does work whose changes, if they are asked for on this thread, go on although they restart
   * bundles that others use.
   *
   * @throws Exception whatever the work throws
   */
  <T> T insist(Callable<T> work) throws Exception;
}
