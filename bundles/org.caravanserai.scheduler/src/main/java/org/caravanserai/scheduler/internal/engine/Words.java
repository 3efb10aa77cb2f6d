package org.caravanserai.scheduler.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.caravanserai.scheduler.Timing;

/** Timetables in words. */
final class Words {

  private Words() {}

  static String of(Timing timing) {
    String zone = timing.timezone().map(name -> " " + name).orElse("");
    return switch (timing.jobType()) {
      case ONE_TIME -> "once at " + timing.startDate().orElse("");
      case CRON_STYLE -> timing.cronDefinition().orElse("") + zone;
      case INTERVAL_BASED -> "every " + interval(timing);
    };
  }

  private static String interval(Timing timing) {
    List<String> parts = new ArrayList<>();
    add(parts, timing.weeks(), "week");
    add(parts, timing.days(), "day");
    add(parts, timing.hours(), "hour");
    add(parts, timing.minutes(), "minute");
    add(parts, timing.seconds(), "second");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String unit) {
    if (count > 0) {
      parts.add(count + " " + unit + (count == 1 ? "" : "s"));
    }
  }
}
