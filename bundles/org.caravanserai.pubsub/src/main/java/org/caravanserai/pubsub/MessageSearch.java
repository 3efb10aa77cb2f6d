package org.caravanserai.pubsub;

import java.time.Instant;
import java.util.Optional;

/**
 * Which messages are wanted: those that all of this holds for.
 *
 * @param msgId with this id
 * @param cid with this correlation id, of the publisher or of the attempt that failed
 * @param text with this text in their data
 * @param from published then or later; of dead letters, failed then or later
 * @param to published, or failed, before then
 */
public record MessageSearch(
    Optional<String> msgId,
    Optional<String> cid,
    Optional<String> text,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** All messages. */
  public static final MessageSearch ALL =
      new MessageSearch(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
