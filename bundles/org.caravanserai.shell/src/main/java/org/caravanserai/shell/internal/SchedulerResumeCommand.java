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

/** Lets a job go on from now, or all that are not paused by themselves. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-resume",
    description = "Lets a job go on from now, or all that are not paused by themselves",
    detailedDescription = "Example: serai:scheduler-resume invoices.nightly")
public final class SchedulerResumeCommand extends DataCommand {

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
      jobs.pauseAll(false);
      SchedulerStatus status = jobs.status();
      tell(status, () -> say("All jobs are active again"));
    } else {
      jobs.pause(job, false);
      Optional<JobInfo> info = jobs.job(job, 1);
      tell(info, () -> say("Job " + job + " is active again"));
    }
    return null;
  }
}
