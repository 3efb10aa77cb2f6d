package org.caravanserai.scheduler;

import java.util.Optional;

/**
 * How it is with the scheduler.
 *
 * @param server what this server calls itself
 * @param isLeading whether this server runs the jobs
 * @param leader the server that runs the jobs
 * @param leaseNumber how often the right to run jobs has changed hands
 * @param database what jobs are kept in: {@code H2} or {@code PostgreSQL}
 * @param isPaused whether all jobs are paused
 * @param clockDifferenceMs by how many milliseconds the clock of this server is fast
 * @param fault why no job runs here, if that is so
 * @param running how many runs go on in this server
 */
public record SchedulerStatus(
    String server,
    boolean isLeading,
    Optional<String> leader,
    long leaseNumber,
    String database,
    boolean isPaused,
    long clockDifferenceMs,
    Optional<String> fault,
    int running) {}
