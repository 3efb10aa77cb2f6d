package org.caravanserai.deploy.internal.features;

import java.util.List;

/** Those whom a change of features might disturb. */
public interface Bystanders {

  /** The bundles that it would restart though they are no part of it. */
  List<Disturbed> disturbed(FeatureChange change);

  /** The features and bundles that come, go and are restarted, a line each. */
  List<String> changes(FeatureChange change);

  /**
   * Holds up the services in all bundles that it restarts.
   *
   * @return lets calls in again
   * @throws Exception if they don't come to their end; then all is as before
   */
  AutoCloseable hold(FeatureChange change) throws Exception;
}
