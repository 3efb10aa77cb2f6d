package org.caravanserai.scheduler;

/** How a job's times are told. */
public enum JobType {
  /** Again and again after the same time. */
  INTERVAL_BASED,
  /** Once, at a start date. */
  ONE_TIME,
  /** By an expression of cron. */
  CRON_STYLE
}
