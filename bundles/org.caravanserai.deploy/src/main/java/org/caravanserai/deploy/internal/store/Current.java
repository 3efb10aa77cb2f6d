package org.caravanserai.deploy.internal.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store remembers of a deployment beside the sources.
 *
 * @param name the deployment's name
 * @param revision the number of the current revision, or of the last one if it was taken away
 * @param sha256 the hash of that revision's source
 * @param live whether it is to be served
 * @param origin the file that it comes from; empty if it came by the API
 * @param seen the hash of what was last seen in that file, which does not deploy again; empty if
 *     nothing was
 * @param differs whether the file could not be written through
 * @param since when the revision went live
 */
public record Current(
    String name,
    int revision,
    String sha256,
    boolean live,
    Optional<String> origin,
    String seen,
    boolean differs,
    Instant since) {

  /** The same, with another file as origin. */
  public Current from(Optional<String> file, String hash, boolean fileDiffers) {
    return new Current(name, revision, sha256, live, file, hash, fileDiffers, since);
  }

  /** The same, taken away. */
  public Current gone(String hashSeen) {
    return new Current(name, revision, sha256, false, origin, hashSeen, differs, since);
  }
}
