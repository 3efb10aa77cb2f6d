package org.caravanserai.runtime.internal;

import java.io.IOException;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service as a user of connections.
 *
 * @param call the call
 */
record ServiceCaller(Invocation call) implements Caller {

  @Override
  public String cid() {
    return call.cid();
  }

  @Override
  public long nanosLeft() {
    PoolTask task = call.task();
    return task == null ? Long.MAX_VALUE : task.nanosLeft();
  }

  @Override
  public void closeAtEnd(AutoCloseable resource) {
    if (!call.holdings().add(resource)) {
      Holdings.close(resource);
      throw new IllegalStateException("The call of " + call.service() + " has ended");
    }
  }

  @Override
  public Runnable stay() {
    Gate gate = call.revision().gate();
    gate.stay();
    return gate::exit;
  }

  @Override
  public byte[] toJson(Object value) {
    try {
      return call.binding().toJson(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public <T> @Nullable T fromJson(byte[] json, Class<T> type) {
    try {
      return call.binding().fromJson(json, type);
    } catch (ServiceException misfit) {
      throw new IllegalArgumentException(misfit.details(), misfit);
    }
  }
}
