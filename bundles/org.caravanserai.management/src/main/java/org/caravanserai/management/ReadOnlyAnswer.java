package org.caravanserai.management;

import java.time.Instant;
import java.util.Optional;
import org.caravanserai.security.ReadOnly;
import org.caravanserai.security.ReadOnlyState;

/**
 * Whether the whole server is read-only.
 *
 * @param isReadOnly whether it is; else the others are empty
 * @param by the user who said so last
 * @param since since when it is
 * @param reason why
 */
public record ReadOnlyAnswer(
    boolean isReadOnly, Optional<String> by, Optional<Instant> since, Optional<String> reason) {

  /** As it is now. */
  public static ReadOnlyAnswer of(ReadOnly readOnly) {
    Optional<ReadOnlyState> state = readOnly.state();
    return new ReadOnlyAnswer(
        state.isPresent(),
        state.map(ReadOnlyState::by),
        state.map(ReadOnlyState::since),
        state.map(ReadOnlyState::reason));
  }
}
