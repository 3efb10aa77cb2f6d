package org.caravanserai.deploy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.caravanserai.runtime.ServiceRevision;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** One revision of a {@link DeployableType}: ready, then live, then at an end. */
@ConsumerType
public interface LiveContent {

  /** The type that made it. */
  DeployableType type();

  /**
   * Its entrances, prepared: the engine puts them into the registry in the place of those before,
   * and retires them.
   */
  List<ServiceRevision> services();

  /** What of it is live beside services, as people know it, such as the ids of routes. */
  List<String> parts();

  /**
   * It is the current revision, its services are in place: begins what it does by itself. What the
   * one before began must have ended first, which may go on in the background.
   *
   * @param before the revision that was live until now and has been paused; {@code null} if there
   *     was none
   */
  void start(@Nullable LiveContent before);

  /** Closes what it would have left open for a successor: none follows. */
  void withdraw();

  /** Begins nothing new by itself from now on; what has begun goes on. */
  void pause();

  /**
   * Ends it, once what has begun is at its end. Does not wait for that.
   *
   * @param timeout how long that may take; nothing or less to end it at once
   * @return completes when nothing of it is left
   */
  CompletionStage<@Nullable Void> stop(Duration timeout);
}
