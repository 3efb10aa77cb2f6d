package org.caravanserai.objects.internal;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: twice as long each time.
 *
 * @param first the time after the first failure
 * @param longest the longest time
 */
record Backoff(Duration first, Duration longest) {

  /**
   * The time to wait.
   *
   * @param failures how often it failed in a row, from 1
   */
  Duration after(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
