package org.caravanserai.runtime;

import java.util.Optional;

/**
 * A deployed service, as it is now.
 *
 * @param name its name
 * @param deployment the deployment that it comes from
 * @param revision the number of the current revision
 * @param input the input's type as Java writes it
 * @param output the output's type as Java writes it
 * @param inside calls that are inside the current revision
 * @param draining calls that are inside revisions that are no longer current
 * @param calls calls that have ended, since the server started
 * @param failures those of them that failed
 * @param rejected calls refused because the service held its share of the pool
 * @param stuck threads that are still inside calls whose time ran out
 * @param meanMicros mean duration of the calls that have ended, in microseconds
 * @param callsPerSecond calls a second, an average of about a minute
 * @param p95Micros what 95 of 100 calls of about the last minute did not take longer than, in
 *     microseconds; 0 if there were none for five minutes
 * @param lastFailure the last call that failed, if any has since the server started
 */
public record ServiceInfo(
    String name,
    String deployment,
    int revision,
    String input,
    String output,
    long inside,
    long draining,
    long calls,
    long failures,
    long rejected,
    long stuck,
    long meanMicros,
    double callsPerSecond,
    long p95Micros,
    Optional<LastFailure> lastFailure) {}
