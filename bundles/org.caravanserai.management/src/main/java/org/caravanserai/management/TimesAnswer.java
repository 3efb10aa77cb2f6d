package org.caravanserai.management;

import java.time.Instant;
import java.util.List;

/**
 * The next times of a timetable.
 *
 * @param times the times
 */
public record TimesAnswer(List<Instant> times) {}
