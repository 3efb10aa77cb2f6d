package org.caravanserai.runtime;

import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a call that entered no revision.
 *
 * @param failure why
 */
record FailedReply(ServiceException failure) implements Reply {

  @Override
  public boolean hasEntered() {
    return false;
  }

  @Override
  public @Nullable Object value() {
    return null;
  }

  @Override
  public Rendered render(DataFormat format) {
    return new Rendered.Nothing();
  }

  @Override
  public <T> @Nullable T as(Class<T> type) {
    return null;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
