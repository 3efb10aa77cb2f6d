package org.caravanserai.runtime;

import java.time.Instant;

/**
 * Who has called a service lately.
 *
 * @param kind the kind of the channel by which the call came in; {@code invoke} for another service
 * @param name the name of the channel, or of that service
 * @param time when that was seen last
 */
public record RecentCaller(String kind, String name, Instant time) {}
