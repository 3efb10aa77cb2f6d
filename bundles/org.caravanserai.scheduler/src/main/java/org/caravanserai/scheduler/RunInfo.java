package org.caravanserai.scheduler;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of a job.
 *
 * @param id its number
 * @param job the job
 * @param origin {@code schedule}, {@code manual}, or what it follows
 * @param state {@code asked}, {@code running} or {@code done}
 * @param scheduledAt for when it was due
 * @param startedAt when it began
 * @param durationMs how many milliseconds it took
 * @param outcome {@code ok}, {@code error}, {@code timeout} or {@code crashed}
 * @param error why it failed
 * @param cid its correlation id
 * @param attempts how often it has been begun
 * @param server who began it
 * @param log its log lines; empty in lists
 */
public record RunInfo(
    long id,
    String job,
    String origin,
    String state,
    Instant scheduledAt,
    Optional<Instant> startedAt,
    Optional<Long> durationMs,
    Optional<String> outcome,
    Optional<String> error,
    String cid,
    int attempts,
    String server,
    List<String> log) {}
