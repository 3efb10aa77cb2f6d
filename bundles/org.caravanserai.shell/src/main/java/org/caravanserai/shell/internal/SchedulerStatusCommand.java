package org.caravanserai.shell.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.SchedulerStatus;
import org.jspecify.annotations.Nullable;

/** Tells which server runs the jobs. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-status",
    description = "Tells which server runs the jobs, and why none runs here if that is so",
    detailedDescription = "Example: serai:scheduler-status")
public final class SchedulerStatusCommand extends DataCommand {

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    SchedulerStatus status = jobs.status();
    tell(status, () -> facts(status).print(session()));
    return null;
  }

  private static Facts facts(SchedulerStatus status) {
    return new Facts()
        .with("This server", status.server())
        .with("Runs the jobs", status.isLeading() ? "yes" : "no")
        .with("Who runs them", status.leader())
        .with("Holding", status.leaseNumber())
        .with("Database", status.database())
        .with("All paused", status.isPaused() ? "yes" : "no")
        .with("Clock is fast by", status.clockDifferenceMs() + " ms")
        .with("Fault", status.fault())
        .with("Runs here", status.running());
  }
}
