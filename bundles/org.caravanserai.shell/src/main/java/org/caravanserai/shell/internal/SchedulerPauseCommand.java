package org.caravanserai.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.scheduler.JobInfo;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.SchedulerStatus;
import org.jspecify.annotations.Nullable;

/** Pauses a job, or all jobs of the environment. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-pause",
    description = "Pauses a job, or all jobs of the environment",
    detailedDescription = "Example: serai:scheduler-pause invoices.nightly")
public final class SchedulerPauseCommand extends DataCommand {

  @Argument(name = "job", description = "The job's name")
  @Completion(JobNameCompleter.class)
  private @Nullable String job;

  @Option(name = "--all", description = "All jobs")
  private boolean all;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    if ((job == null) != all) {
      throw new IllegalArgumentException("Name a job, or say --all");
    }
    if (job == null) {
      jobs.pauseAll(true);
      SchedulerStatus status = jobs.status();
      tell(status, () -> say("All jobs are paused"));
    } else {
      jobs.pause(job, true);
      Optional<JobInfo> info = jobs.job(job, 1);
      tell(info, () -> say("Job " + job + " is paused"));
    }
    return null;
  }
}
