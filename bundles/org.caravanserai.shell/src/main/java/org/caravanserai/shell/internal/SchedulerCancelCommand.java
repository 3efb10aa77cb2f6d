package org.caravanserai.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.jspecify.annotations.Nullable;

/** Takes a job away that a service has made. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-cancel",
    description = "Takes a job away that a service has made; others are objects",
    detailedDescription = "Example: serai:scheduler-cancel access.revoke-17")
public final class SchedulerCancelCommand extends DataCommand {

  @Argument(name = "job", description = "The job's name", required = true)
  @Completion(JobNameCompleter.class)
  private String job;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    jobs.cancel(job);
    tell(List.of(job), () -> say("Job " + job + " will not run any more"));
    return null;
  }
}
