package org.caravanserai.management;

import java.time.Instant;
import java.util.Map;

/**
 * The server has become ready, is not ready any more, or for other reasons; or it has become
 * read-only, or is not any more.
 *
 * @param time when it was seen
 * @param ready whether it is ready
 * @param reasons why not, by the name of what is missing
 * @param readOnly whether it is read-only
 */
public record HealthChange(
    Instant time, boolean ready, Map<String, String> reasons, ReadOnlyAnswer readOnly) {}
