package org.caravanserai.shell.internal;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.scheduler.JobInfo;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.jspecify.annotations.Nullable;

/** Lists jobs, or tells of one. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-jobs",
    description = "Lists jobs, when they run next and how they ended last; or tells of one",
    detailedDescription = "Example: serai:scheduler-jobs --next 10 invoices.nightly")
public final class SchedulerJobsCommand extends DataCommand {

  @Argument(name = "job", description = "Only this one, with all that is known of it")
  @Completion(JobNameCompleter.class)
  private @Nullable String job;

  @Option(name = "--next", description = "How many of its next times are told")
  private int next = 5;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    if (job != null) {
      JobInfo found =
          jobs.job(job, next)
              .orElseThrow(() -> new IllegalArgumentException("There is no job " + job));
      tell(found, () -> facts(found).print(session()));
      return null;
    }
    List<JobInfo> found = jobs.jobs();
    var table =
        new Table("Job", "Service", "Times", "Status", "Next", "Runs", "Failed", "Last")
            .whenEmpty("There is no job");
    for (JobInfo each : found) {
      table.row(
          each.name(),
          each.service(),
          each.schedule(),
          each.status(),
          each.next().stream().findFirst().map(Instant::toString).orElse(""),
          each.fires(),
          each.failures(),
          each.lastOutcome().orElse(""));
    }
    tell(found, table);
    return null;
  }

  private static Facts facts(JobInfo job) {
    return new Facts()
        .with("Job", job.name())
        .with("Made by", job.madeBy())
        .with("Service", job.service())
        .with("Times", job.schedule())
        .with("Status", job.status())
        .with("Waits", job.waits())
        .with("Next", String.join("\n", job.next().stream().map(Instant::toString).toList()))
        .with("Running here", job.running())
        .with("Runs", job.fires())
        .with("Failed", job.failures())
        .with("Left out", job.skipped())
        .with("Missed", job.misfires())
        .with("Last run", job.lastRun().map(Instant::toString))
        .with("Last outcome", job.lastOutcome());
  }
}
