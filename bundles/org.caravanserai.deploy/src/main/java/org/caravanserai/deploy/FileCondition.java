package org.caravanserai.deploy;

import java.util.Optional;

/**
 * What must hold of a file for it to be changed.
 *
 * @param etag the hash of its content; empty for any
 * @param absent whether it must not be there
 */
public record FileCondition(Optional<String> etag, boolean absent) {

  /** Anything. */
  public static final FileCondition ANY = new FileCondition(Optional.empty(), false);

  /**
   * Whether it holds.
   *
   * @param now the hash of what is in the file; empty if there is none
   */
  public boolean holds(Optional<String> now) {
    return absent ? now.isEmpty() : etag.isEmpty() || etag.equals(now);
  }
}
