package org.caravanserai.management;

import java.time.Instant;
import java.util.Map;

/**
 * The server has become ready, is not ready any more, or for other reasons.
 *
 * @param time when it was seen
 * @param ready whether it is ready
 * @param reasons why not, by the name of what is missing
 */
public record HealthChange(Instant time, boolean ready, Map<String, String> reasons) {}
