package org.caravanserai.scheduler.internal.kind;

import java.util.Optional;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Misfire;
import org.caravanserai.scheduler.Timing;
import org.caravanserai.scheduler.internal.JobDefinition;
import org.caravanserai.scheduler.internal.JobDefinition.Follow;
import org.caravanserai.scheduler.internal.Texts;
import org.caravanserai.scheduler.internal.time.BadTiming;
import org.caravanserai.scheduler.internal.time.Timetable;

/** From the words of configuration to jobs. */
final class Definitions {

  private Definitions() {}

  static Timetable timetable(SchedulerJob job) throws BadTiming {
    return Timetable.of(timing(job));
  }

  private static Timing timing(SchedulerJob job) {
    return new Timing(
        job.jobType(),
        text(job.startDate()),
        job.weeks(),
        job.days(),
        job.hours(),
        job.minutes(),
        job.seconds(),
        job.repeats(),
        text(job.cronDefinition()),
        text(job.timezone()));
  }

  static JobDefinition of(SchedulerJob job) {
    Misfire usual = job.jobType() == JobType.ONE_TIME ? Misfire.RUN_ONCE : Misfire.SKIP;
    return new JobDefinition(
        job.name(),
        job.service(),
        timing(job),
        job.extra().map(extra -> extra instanceof String text ? text : Texts.write(extra)),
        job.jitterMs(),
        job.misfirePolicy().orElse(usual),
        job.maxExecutionTimeMs(),
        job.overlap(),
        new Follow(text(job.onSuccessService()), text(job.onSuccessJob())),
        new Follow(text(job.onErrorService()), text(job.onErrorJob())),
        job.onCrash());
  }

  /** Empty where files of Zato have an empty text. */
  private static Optional<String> text(Optional<String> given) {
    return given.map(String::strip).filter(text -> !text.isEmpty());
  }
}
