package org.caravanserai.management;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the log.
 *
 * @param number its number among all events; a later one has a greater one
 * @param time when
 * @param level {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN} or {@code ERROR}
 * @param logger who says it; the log of a service has the service's name
 * @param thread the name of the thread
 * @param cid the correlation id of the call in which it was said
 * @param service the service whose log it is
 * @param message what it says
 * @param exception the beginning of a stack trace
 */
public record LogLine(
    long number,
    Instant time,
    String level,
    String logger,
    String thread,
    Optional<String> cid,
    Optional<String> service,
    String message,
    Optional<String> exception) {}
