package org.caravanserai.deploy.internal.features;

import java.util.concurrent.Callable;

/** What a change of features may do to bundles of others. */
public enum Consent {
  /** Nothing: it is refused then. */
  UNDISTURBED,
  /** Restart them. */
  FORCED,
  /** It is only to be seen what it would do. */
  PREVIEW;

  /**
   * Does work with this consent, as far as it asks the features service on this thread.
   *
   * @throws Exception whatever the work throws
   */
  public <T> T call(Callable<T> work) throws Exception {
    return new FeatureRequest(this).ask(work);
  }
}
