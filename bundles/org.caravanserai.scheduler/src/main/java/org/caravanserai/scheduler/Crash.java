package org.caravanserai.scheduler;

/** What becomes of a run whose server died. */
public enum Crash {
  /** It is not begun again. */
  SKIP,
  /** It is begun again, from the start: the service may have done its work before. */
  RERUN
}
