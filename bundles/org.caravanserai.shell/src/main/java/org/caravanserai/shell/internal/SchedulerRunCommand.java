package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.management.RunAskedAnswer;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.jspecify.annotations.Nullable;

/** Runs a job now. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-run",
    description = "Runs a job as soon as possible, whatever its times",
    detailedDescription = "Example: serai:scheduler-run invoices.nightly")
public final class SchedulerRunCommand extends DataCommand {

  @Argument(name = "job", description = "The job's name", required = true)
  @Completion(JobNameCompleter.class)
  private String job;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    RunAskedAnswer asked = new RunAskedAnswer(job, jobs.run(job));
    tell(asked, () -> say("Job " + job + " runs, cid=" + asked.cid()));
    return null;
  }
}
