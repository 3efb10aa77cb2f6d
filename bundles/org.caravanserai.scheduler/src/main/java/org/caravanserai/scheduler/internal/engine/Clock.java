package org.caravanserai.scheduler.internal.engine;

import java.util.concurrent.TimeUnit;

/** The clock of the database, as this server knows it between two looks at it. */
final class Clock {

  private static final long SLOWEST_MILLIS = 1_000;

  private volatile long offset;
  private volatile long difference;
  private volatile boolean known;

  /** The time by the database, in milliseconds since 1970. */
  long now() {
    return known ? millis(System.nanoTime()) + offset : System.currentTimeMillis();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /**
   * Takes a look.
   *
   * @param asked when it was asked, by {@link System#nanoTime()}
   * @param answer what it said
   * @param answered when that came
   * @return by how many milliseconds its clock has jumped since the last look
   */
  long set(long asked, long answer, long answered) {
    long middle = asked + (answered - asked) / 2;
    long before = offset;
    boolean first = !known;
    if (!first && millis(answered - asked) > SLOWEST_MILLIS) {
      // Somebody was asleep in between: nobody knows when it was answered.
      return 0;
    }
    offset = answer - millis(middle);
    known = true;
    long uncertain = millis(answered - asked) / 2 + 1;
    long local = System.currentTimeMillis() - now();
    difference = Math.abs(local) <= uncertain ? 0 : local;
    long jump = offset - before;
    return first || Math.abs(jump) <= uncertain ? 0 : jump;
  }

  /** By how many milliseconds the clock of this machine is fast. */
  long difference() {
    return difference;
  }
}
