package org.caravanserai.scheduler;

/** What becomes of times that were missed. */
public enum Misfire {
  /** They are left out. */
  SKIP,
  /** For all of them together there is one run, as soon as possible. */
  RUN_ONCE
}
