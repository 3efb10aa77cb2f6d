package org.caravanserai.runtime.internal;

import java.io.IOException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.DataFormat;
import org.caravanserai.runtime.Rendered;
import org.caravanserai.runtime.Reply;
import org.caravanserai.runtime.internal.binding.Binding;
import org.jspecify.annotations.Nullable;

/** The reply of a service. */
final class Outcome implements Reply {

  private final Invocation call;
  private final @Nullable Object value;
  private final @Nullable ServiceException failure;

  Outcome(Invocation call, @Nullable Object value, @Nullable ServiceException failure) {
    this.call = call;
    this.value = value;
    this.failure = failure;
  }

  @Override
  public boolean hasEntered() {
    return true;
  }

  @Override
  public @Nullable ServiceException failure() {
    return failure;
  }

  @Override
  public @Nullable Object value() {
    return value;
  }

  @Override
  public Rendered render(DataFormat format) {
    try {
      return call.binding().render(value, format);
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError fault) {
      throw Failure.unwritable(fault, call);
    }
  }

  @Override
  public <T> @Nullable T as(Class<T> type) {
    return as(type, null);
  }

  /**
   * The output in a class that a caller knows.
   *
   * @param caller the binding of the service that wants it
   */
  <T> @Nullable T as(Class<T> type, @Nullable Binding caller) {
    try {
      return call.binding().convert(value, type, caller);
    } catch (ServiceException misfit) {
      throw new ServiceException(
          500, "The output of " + call.service() + " does not fit: " + misfit.details(), misfit);
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError fault) {
      throw Failure.unwritable(fault, call);
    }
  }

  @Override
  public void close() {
    call.end(value);
  }
}
