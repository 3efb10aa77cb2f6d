package org.caravanserai.runtime.internal;

import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * A part of the server that another bundle brings, and that comes and goes with it.
 *
 * @param <T> what it is
 */
final class Plugged<T> {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final String what;
  private volatile @Nullable T part;

  /**
   * A part that is not there yet.
   *
   * @param what what it is called, with its verb: {@code "The broker of this server is"}
   */
  Plugged(String what) {
    this.what = what;
  }

  void bind(T arrived) {
    part = arrived;
  }

  /** It goes, unless another one has come in its place. */
  void unbind(T gone) {
    if (part == gone) {
      part = null;
    }
  }

  /** The part, {@code null} if it is not there. */
  @Nullable T find() {
    return part;
  }

  /**
   * The part.
   *
   * @throws ServiceException with status 503 if it is not there
   */
  T get() {
    T known = part;
    if (known == null) {
      throw new ServiceException(503, what + " not there yet", null, RETRY_AFTER_SECONDS);
    }
    return known;
  }
}
