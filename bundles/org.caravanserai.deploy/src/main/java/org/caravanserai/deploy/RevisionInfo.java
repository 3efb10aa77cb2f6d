package org.caravanserai.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A revision of a deployment whose source is kept.
 *
 * @param number its number
 * @param isCurrent whether it is the current one
 * @param since when it went live; empty if that was before the server started, and it is not
 *     current any more
 * @param outcome {@code live}, or {@code rolled_back} if its source is that of an earlier one;
 *     empty if it came before the server started
 * @param services the services that it had when it went live, or has now; empty if that is not
 *     known any more
 */
public record RevisionInfo(
    int number,
    boolean isCurrent,
    Optional<Instant> since,
    Optional<DeploymentChange.Outcome> outcome,
    List<String> services) {}
