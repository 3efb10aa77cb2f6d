package org.caravanserai.pubsub;

import java.time.Instant;
import java.util.Optional;

/**
 * A replay of dead letters.
 *
 * @param id its id
 * @param queue the queue of dead letters
 * @param target the queue that gets them
 * @param state {@code running}, {@code done}, {@code stopped} or {@code failed}
 * @param replayed how many have been given back
 * @param left how many of those it took up were not there any more, or somebody worked on them
 * @param rate how many a second; 0 for no limit
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param failure why it failed
 */
public record Replay(
    String id,
    String queue,
    String target,
    String state,
    long replayed,
    long left,
    double rate,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> failure) {}
