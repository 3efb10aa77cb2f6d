package org.caravanserai.shell.internal;

import java.time.Duration;

/** A span of time in the words of an operator: its two largest units. */
final class Span {

  private Span() {}

  static String of(long millis) {
    Duration span = Duration.ofMillis(millis);
    if (span.toDays() > 0) {
      return span.toDays() + "d " + span.toHoursPart() + "h";
    }
    if (span.toHours() > 0) {
      return span.toHours() + "h " + span.toMinutesPart() + "m";
    }
    if (span.toMinutes() > 0) {
      return span.toMinutes() + "m " + span.toSecondsPart() + "s";
    }
    return span.toSeconds() + "s";
  }
}
