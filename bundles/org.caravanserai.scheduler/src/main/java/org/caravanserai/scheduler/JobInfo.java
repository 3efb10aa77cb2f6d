package org.caravanserai.scheduler;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job as operators see it.
 *
 * @param name its name
 * @param madeBy {@code object} if configuration made it, {@code service} if a service did
 * @param service the service that it calls
 * @param jobType how its times are told
 * @param schedule its times in words
 * @param status {@code active}, {@code paused}, {@code finished} or {@code waiting}
 * @param waits what it waits for, if it does
 * @param next when it runs next
 * @param running how many of its runs go on in this server
 * @param fires how often it has run by the clock
 * @param failures how often that failed
 * @param skipped how many times were left out because the run before went on
 * @param misfires how many times were missed
 * @param lastRun when it ran last
 * @param lastOutcome how that ended; empty if it has not
 * @param runs its last runs, the latest first, if they were asked for
 */
public record JobInfo(
    String name,
    String madeBy,
    String service,
    JobType jobType,
    String schedule,
    String status,
    Optional<String> waits,
    List<Instant> next,
    int running,
    long fires,
    long failures,
    long skipped,
    long misfires,
    Optional<Instant> lastRun,
    Optional<String> lastOutcome,
    List<RunInfo> runs) {

  /** The same with its last runs. */
  public JobInfo with(List<RunInfo> lastRuns) {
    return new JobInfo(
        name,
        madeBy,
        service,
        jobType,
        schedule,
        status,
        waits,
        next,
        running,
        fires,
        failures,
        skipped,
        misfires,
        lastRun,
        lastOutcome,
        lastRuns);
  }
}
