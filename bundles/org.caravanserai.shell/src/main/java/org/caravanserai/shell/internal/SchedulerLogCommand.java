package org.caravanserai.shell.internal;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.RunInfo;
import org.jspecify.annotations.Nullable;

/** Tells of a run, with its log lines. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-log",
    description = "Tells of a run, with its log lines",
    detailedDescription = "Example: serai:scheduler-log 17")
public final class SchedulerLogCommand extends DataCommand {

  @Argument(name = "run", description = "The run's number", required = true)
  private long run;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    RunInfo found =
        jobs.run(run).orElseThrow(() -> new IllegalArgumentException("There is no run " + run));
    tell(found, () -> words(found));
    return null;
  }

  private void words(RunInfo found) {
    new Facts()
        .with("Run", found.id())
        .with("Job", found.job())
        .with("Origin", found.origin())
        .with("State", found.state())
        .with("Due", found.scheduledAt().toString())
        .with("Begun", found.startedAt().map(Instant::toString))
        .with("Took", found.durationMs().map(Span::of))
        .with("Outcome", found.outcome())
        .with("Error", found.error())
        .with("Cid", found.cid())
        .with("Attempts", found.attempts())
        .with("Server", found.server())
        .print(session());
    found.log().forEach(this::say);
  }
}
