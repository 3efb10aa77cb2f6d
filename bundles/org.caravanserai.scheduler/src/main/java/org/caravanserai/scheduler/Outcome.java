package org.caravanserai.scheduler;

/** How a run ended. */
public enum Outcome {
  /** The service answered. */
  OK,
  /** The service failed, or could not be called. */
  ERROR,
  /** The service did not answer within the time that the job gives it. */
  TIMEOUT,
  /** Its server died, or lost the database for long. */
  CRASHED
}
