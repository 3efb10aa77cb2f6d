package org.caravanserai.runtime.internal;

import java.time.Instant;
import java.util.Optional;
import org.caravanserai.api.CallResult;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.internal.binding.Binding;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of several calls.
 *
 * @param target the service that was called
 * @param requestedAt when the call was made
 * @param respondedAt when it was answered
 * @param reply the answer, which is closed when the call that made them ends
 * @param caller the binding of the service that made the call
 */
record LiveResult(
    String target, Instant requestedAt, Instant respondedAt, Reply reply, Binding caller)
    implements CallResult {

  @Override
  public boolean ok() {
    return reply.failure() == null;
  }

  @Override
  public Optional<ServiceException> failure() {
    return Optional.ofNullable(reply.failure());
  }

  @Override
  public <T> @Nullable T response(Class<T> type) {
    ServiceException failure = reply.failure();
    if (failure != null) {
      throw failure;
    }
    return reply instanceof Outcome outcome ? outcome.as(type, caller) : null;
  }
}
