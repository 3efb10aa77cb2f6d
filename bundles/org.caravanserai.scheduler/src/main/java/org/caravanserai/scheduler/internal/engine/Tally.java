package org.caravanserai.scheduler.internal.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.caravanserai.scheduler.Outcome;

/** What this server's scheduler has done since it began. */
public final class Tally {

  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
  private final LongAdder ticks = new LongAdder();
  private final LongAdder jumps = new LongAdder();
  private final LongAdder misfires = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder millis = new LongAdder();
  private final LongAdder lateMillis = new LongAdder();
  private final long begun = System.nanoTime();

  Tally() {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  void ended(Outcome outcome, long took) {
    outcomes.getOrDefault(outcome, ticks).increment();
    millis.add(took);
  }

  void ticked(long late) {
    ticks.increment();
    lateMillis.add(Math.max(0, late));
  }

  void jumped() {
    jumps.increment();
  }

  void missed() {
    misfires.increment();
  }

  void overlapped() {
    skipped.increment();
  }

  /** How many runs have ended so. */
  public long runs(Outcome outcome) {
    LongAdder count = outcomes.get(outcome);
    return count == null ? 0 : count.sum();
  }

  /** How many milliseconds all runs took together. */
  public long millis() {
    return millis.sum();
  }

  /** How many times of jobs have come and led to a run. */
  public long ticks() {
    return ticks.sum();
  }

  /** By how many milliseconds those began late, all together. */
  public long lateMillis() {
    return lateMillis.sum();
  }

  /** How many times were missed. */
  public long misfires() {
    return misfires.sum();
  }

  /** How many times were left out because the run before went on. */
  public long skipped() {
    return skipped.sum();
  }

  /** How often the clock of the database jumped. */
  public long jumps() {
    return jumps.sum();
  }

  /** For how many seconds it has been there. */
  public double uptimeSeconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
