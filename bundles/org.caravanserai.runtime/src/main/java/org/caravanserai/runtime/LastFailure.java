package org.caravanserai.runtime;

import java.time.Instant;

/**
 * The last call of a service that failed.
 *
 * @param time when it ended
 * @param status its HTTP status
 * @param message why, cut
 * @param cid its correlation id, by which the log has its lines
 */
public record LastFailure(Instant time, int status, String message, String cid) {}
