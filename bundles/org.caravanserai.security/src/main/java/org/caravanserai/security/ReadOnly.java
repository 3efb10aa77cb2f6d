package org.caravanserai.security;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether the whole server is read-only: nobody changes anything by hand, while what runs goes on.
 * It outlives a restart.
 */
@ProviderType
public interface ReadOnly {

  /** Since when it is, and why; empty if it is not. */
  Optional<ReadOnlyState> state();

  /**
   * Refuses an operation that changes something, if the server is read-only.
   *
   * @throws ReadOnlyException if it is refused
   */
  default void check(Operation operation) {
    if (operation.isChange()) {
      state()
          .ifPresent(
              state -> {
                throw new ReadOnlyException(state);
              });
    }
  }

  /**
   * Makes the server read-only; if it is already, only who says so and why are new.
   *
   * @throws IllegalArgumentException if there is no reason, or it is too long
   * @throws java.io.UncheckedIOException if it can't be kept; then it is not
   */
  ReadOnlyState begin(String by, String reason);

  /**
   * Lets the server be changed again.
   *
   * @throws java.io.UncheckedIOException if it can't be kept; then it goes on
   */
  void end();

  /** Runs something after each change, on the thread of who made it. */
  void follow(Runnable follower);

  /** Ends that. */
  void leave(Runnable follower);
}
