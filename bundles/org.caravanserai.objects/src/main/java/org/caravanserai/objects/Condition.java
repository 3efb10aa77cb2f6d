package org.caravanserai.objects;

import java.util.Optional;

/**
 * Under which condition an object is changed.
 *
 * @param etag the {@link ConfiguredObject#etag()} that it must have now, {@code *} for any; empty
 *     if it need not be there
 * @param absent whether it must not be there yet
 */
public record Condition(Optional<String> etag, boolean absent) {

  /** Whatever is there. */
  public static final Condition NONE = new Condition(Optional.empty(), false);
}
