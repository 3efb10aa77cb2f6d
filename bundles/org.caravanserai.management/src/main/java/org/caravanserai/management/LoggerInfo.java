package org.caravanserai.management;

import java.time.Instant;
import java.util.Optional;

/**
 * A logger, and from which level on its lines are written.
 *
 * @param name its name; {@code ROOT} for the one above all others
 * @param level the level that holds now: {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARN},
 *     {@code ERROR} or {@code OFF}
 * @param configured the level that holds otherwise, by the configuration of this logger or of one
 *     above it
 * @param until when the level ends that somebody has set for a while
 * @param by who has set it
 */
public record LoggerInfo(
    String name, String level, String configured, Optional<Instant> until, Optional<String> by) {}
