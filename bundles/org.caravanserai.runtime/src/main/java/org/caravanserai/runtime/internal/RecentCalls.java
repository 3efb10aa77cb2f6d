package org.caravanserai.runtime.internal;

/**
 * How the calls of a service have been lately. The figures are averages in which a call counts the
 * less the older it is, as those of a system's load: a third after a minute, nothing after five
 * minutes without calls. For one thread, which looks again and again.
 */
final class RecentCalls {

  private static final double MINUTE = 60;
  private static final double LONGEST_IDLE_SECONDS = 300;

  // Only differences count, so that it does not matter when they overflow.
  private final int[] seen = new int[Durations.BUCKETS];
  private final float[] weights = new float[Durations.BUCKETS];
  private double idleSeconds;
  private double callsPerSecond;

  /**
   * Looks what was counted since the last time.
   *
   * @param seconds how long ago that was
   * @param look gets the calls since then
   */
  void look(Durations durations, double seconds, Look look) {
    float decay = (float) Math.exp(-seconds / MINUTE);
    double weight = 0;
    for (int i = 0; i < Durations.BUCKETS; i++) {
      int now = (int) durations.count(i);
      int more = now - seen[i];
      seen[i] = now;
      if (more != 0) {
        look.ended(i, more);
      }
      weights[i] = weights[i] * decay + more;
      weight += weights[i];
    }
    idleSeconds = look.calls() > 0 ? 0 : idleSeconds + seconds;
    callsPerSecond = isIdle() ? 0 : weight * (1 - decay) / seconds;
  }

  /** Whether there was no call for so long that there is nothing to tell. */
  boolean isIdle() {
    return idleSeconds >= LONGEST_IDLE_SECONDS;
  }

  /** Calls a second. */
  double callsPerSecond() {
    return callsPerSecond;
  }

  /** The duration that a share of the calls did not exceed, in nanoseconds; 0 if there are none. */
  double percentile(double share) {
    return isIdle() ? 0 : Durations.percentile(i -> weights[i], share);
  }
}
