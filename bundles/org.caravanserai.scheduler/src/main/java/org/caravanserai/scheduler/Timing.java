package org.caravanserai.scheduler;

import java.util.Optional;

/**
 * When a job runs, in the words of its configuration.
 *
 * @param jobType how the times are told
 * @param startDate the time before which nothing runs, and from which intervals are counted
 * @param weeks how many weeks an interval has
 * @param days how many days more
 * @param hours how many hours more
 * @param minutes how many minutes more
 * @param seconds how many seconds more
 * @param repeats after how many runs the job is over; 0 for never
 * @param cronDefinition the expression
 * @param timezone the time zone of the expression, and of days and weeks
 */
public record Timing(
    JobType jobType,
    Optional<String> startDate,
    int weeks,
    int days,
    int hours,
    int minutes,
    int seconds,
    long repeats,
    Optional<String> cronDefinition,
    Optional<String> timezone) {}
