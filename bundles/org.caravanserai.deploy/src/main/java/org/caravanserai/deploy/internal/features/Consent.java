package org.caravanserai.deploy.internal.features;

import java.util.concurrent.Callable;

/** What a change of features that is asked for on this thread may do to bundles of others. */
public enum Consent {
  /** Nothing: it is refused then. */
  UNDISTURBED,
  /** Restart them. */
  FORCED,
  /** It is only to be seen what it would do. */
  PREVIEW;

  private static final ThreadLocal<Consent> CURRENT = new ThreadLocal<>();

  /** That of this thread. */
  static Consent current() {
    Consent given = CURRENT.get();
    return given == null ? UNDISTURBED : given;
  }

  /**
   * Does work with this consent.
   *
   * @throws Exception whatever the work throws
   */
  public <T> T call(Callable<T> work) throws Exception {
    Consent before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.call();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }
}
