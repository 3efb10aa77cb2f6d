package org.caravanserai.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.caravanserai.scheduler.Jobs;
import org.caravanserai.scheduler.JobsException;
import org.caravanserai.scheduler.RunInfo;
import org.caravanserai.scheduler.RunPage;
import org.jspecify.annotations.Nullable;

/** Lists runs, or tells of one. */
@Service
@Command(
    scope = "serai",
    name = "scheduler-runs",
    description = "Lists runs of jobs, the latest first",
    detailedDescription = "Example: serai:scheduler-runs --limit 10 invoices.nightly")
public final class SchedulerRunsCommand extends DataCommand {

  @Argument(name = "job", description = "Only runs of this job")
  @Completion(JobNameCompleter.class)
  private @Nullable String job;

  @Option(name = "--offset", description = "How many to leave out")
  private int offset;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 50;

  @Reference private Jobs jobs;

  @Override
  public @Nullable Object execute() throws JobsException {
    RunPage page = jobs.runs(Optional.ofNullable(job), Optional.empty(), offset, limit);
    var table =
        new Table("Run", "Job", "Due", "Origin", "State", "Outcome", "ms", "Cid", "Error")
            .whenEmpty("There is no run");
    for (RunInfo run : page.items()) {
      table.row(
          run.id(),
          run.job(),
          run.scheduledAt(),
          run.origin(),
          run.state(),
          run.outcome().orElse(""),
          run.durationMs().map(String::valueOf).orElse(""),
          run.cid(),
          run.error().orElse(""));
    }
    tell(
        page,
        () -> {
          table.print(session());
          if (page.total() > offset + page.items().size()) {
            say("There are more: --offset " + (offset + page.items().size()));
          }
        });
    return null;
  }
}
