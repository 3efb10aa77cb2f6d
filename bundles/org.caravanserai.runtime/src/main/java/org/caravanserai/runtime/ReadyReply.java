package org.caravanserai.runtime;

import org.caravanserai.api.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a call that no service has answered.
 *
 * @param output the answer
 */
record ReadyReply(Rendered output) implements Reply {

  @Override
  public boolean hasEntered() {
    return false;
  }

  @Override
  public @Nullable ServiceException failure() {
    return null;
  }

  @Override
  public @Nullable Object value() {
    return null;
  }

  @Override
  public Rendered render(DataFormat format) {
    return output;
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
