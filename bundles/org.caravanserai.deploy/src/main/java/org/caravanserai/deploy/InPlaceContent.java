package org.caravanserai.deploy;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A revision that can't be made beside the one that is live, such as an ordinary bundle, but takes
 * its place.
 *
 * <p>{@link DeployableType#prepare} only looks whether it could. The engine then asks what is
 * {@link #affected}, and goes on if that is nothing or the caller insists; stores the revision;
 * lets it {@link #enter}; and {@link #start starts} it. What follows it takes its place in the same
 * way; {@link #leave} is the end, and {@link #stop} of what has been followed does nothing to the
 * place.
 */
@ConsumerType
public interface InPlaceContent extends LiveContent {

  /** The bundles of others that are restarted when it enters, as things are now. */
  List<AffectedBundle> affected();

  /**
   * The services that it has by itself now, beside {@link #services}: they came with what it
   * installed, not through the engine.
   */
  List<String> names();

  /** What was done when it entered, in words, a line for each change. */
  default List<String> changes() {
    return List.of();
  }

  /** The id of the bundle that it is now; empty if it is none, or several. */
  Optional<Long> bundle();

  /** Whether somebody has stopped it by hand. */
  boolean stopped();

  /**
   * Takes the place of what is live. Also called after a restart, for what is to be live; it may be
   * in its place already then.
   *
   * @throws ContentRefusedException if it can't; what was in its place before is there again
   */
  void enter() throws ContentRefusedException;

  /**
   * Takes it away for good: nothing of its type follows. Does nothing if another revision of the
   * deployment has taken its place. The end of the server is none of it: then it is only stopped.
   */
  void leave();
}
