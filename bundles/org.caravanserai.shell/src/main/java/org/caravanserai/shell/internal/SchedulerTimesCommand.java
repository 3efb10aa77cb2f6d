package org.caravanserai.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.TimesAnswer;
import org.caravanserai.scheduler.JobType;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.Timing;
import org.jspecify.annotations.Nullable;

/** Tells the times of an expression. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-times",
    description = "Tells the next times of an expression of cron",
    detailedDescription =
        "Example: serai:scheduler-times --timezone Europe/Berlin \"30 2 * * 1-5\"")
public final class SchedulerTimesCommand extends DataCommand {

  @Argument(name = "expression", description = "5 fields, or 6 to 7 of Quartz", required = true)
  private String expression;

  @Option(name = "--timezone", description = "The time zone; else UTC")
  private @Nullable String timezone;

  @Option(name = "--count", description = "How many times")
  private int count = 10;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    Timing timing =
        new Timing(
            JobType.CRON_STYLE,
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            0,
            Optional.of(expression),
            Optional.ofNullable(timezone));
    TimesAnswer answer = new TimesAnswer(jobs.preview(timing, count));
    tell(answer, () -> answer.times().forEach(time -> say(time.toString())));
    return null;
  }
}
