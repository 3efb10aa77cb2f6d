package org.caravanserai.runtime.internal;

import java.util.Arrays;

/** What has happened to a service, or to several, between two looks; used again and again. */
final class Look {

  private final double[] durations = new double[Durations.BUCKETS];
  private long calls;
  private long failures;
  private long rejected;

  /** Begins anew. */
  void clear() {
    Arrays.fill(durations, 0);
    calls = 0;
    failures = 0;
    rejected = 0;
  }

  void ended(int bucket, long more) {
    durations[bucket] += more;
    calls += more;
  }

  void failed(long more) {
    failures += more;
  }

  void rejected(long more) {
    rejected += more;
  }

  /** Adds another one. */
  void add(Look other) {
    for (int i = 0; i < Durations.BUCKETS; i++) {
      durations[i] += other.durations[i];
    }
    calls += other.calls;
    failures += other.failures;
    rejected += other.rejected;
  }

  /** Calls that have ended. */
  long calls() {
    return calls;
  }

  /** Those of them that failed. */
  long failures() {
    return failures;
  }

  /** Calls that were turned away. */
  long rejected() {
    return rejected;
  }

  /** The duration that a share of the calls did not exceed, in nanoseconds. */
  double percentile(double share) {
    return Durations.percentile(i -> durations[i], share);
  }
}
