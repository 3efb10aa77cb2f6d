package org.caravanserai.scheduler.internal.store;

import java.util.List;
import java.util.Optional;
import org.caravanserai.scheduler.Outcome;

/**
 * The end of a run.
 *
 * @param run the run
 * @param millis how long it took
 * @param outcome how it ended
 * @param error why it failed
 * @param log its log lines
 * @param follows the runs that it leads to
 */
public record Ending(
    RunRow run,
    long millis,
    Outcome outcome,
    Optional<String> error,
    String log,
    List<RunRow> follows) {}
