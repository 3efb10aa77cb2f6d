package org.caravanserai.runtime.internal;

/** A call that has left its thread and waits for a stage to complete. */
interface OpenStage {

  /** Ends it because its time ran out. */
  void timeRanOut();
}
