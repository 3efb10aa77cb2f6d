package org.caravanserai.management;

import org.caravanserai.objects.Ping;

/**
 * That a system answers.
 *
 * @param status {@code reached}
 * @param millis how long it took
 * @param details what was asked
 */
public record PingAnswer(String status, double millis, String details) {

  /** Tells of a ping that has reached its system. */
  public static PingAnswer of(Ping reached) {
    return new PingAnswer("reached", reached.millis(), reached.details());
  }
}
