package org.caravanserai.runtime.internal;

import java.io.IOException;
import java.util.function.Consumer;
import org.caravanserai.api.ServiceException;
import org.caravanserai.runtime.internal.binding.Bindings;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whoever uses connections without being a service.
 *
 * @param cid the correlation id
 * @param atEnd takes what is to be closed when its work ends
 * @param bindings writes and reads its objects
 */
record OutsideCaller(String cid, Consumer<AutoCloseable> atEnd, Bindings bindings)
    implements Caller {

  @Override
  public long nanosLeft() {
    return Long.MAX_VALUE;
  }

  @Override
  public void closeAtEnd(AutoCloseable resource) {
    atEnd.accept(resource);
  }

  @Override
  public Runnable stay() {
    return () -> {};
  }

  @Override
  public byte[] toJson(Object value) {
    try {
      return bindings.toJson(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public <T> @Nullable T fromJson(byte[] json, Class<T> type) {
    try {
      return bindings.fromJson(json, type);
    } catch (ServiceException misfit) {
      throw new IllegalArgumentException(misfit.details(), misfit);
    }
  }
}
