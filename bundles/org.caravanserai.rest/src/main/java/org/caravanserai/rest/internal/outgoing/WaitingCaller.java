package org.caravanserai.rest.internal.outgoing;

import java.util.function.LongSupplier;
import org.caravanserai.spi.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A caller who does not wait for ever.
 *
 * @param caller he, but for that
 * @param left how long he still waits, in nanoseconds
 */
record WaitingCaller(Caller caller, LongSupplier left) implements Caller {

  @Override
  public String cid() {
    return caller.cid();
  }

  @Override
  public long nanosLeft() {
    return left.getAsLong();
  }

  @Override
  public void closeAtEnd(AutoCloseable resource) {
    caller.closeAtEnd(resource);
  }

  @Override
  public Runnable stay() {
    return caller.stay();
  }

  @Override
  public byte[] toJson(Object value) {
    return caller.toJson(value);
  }

  @Override
  public <T> @Nullable T fromJson(byte[] json, Class<T> type) {
    return caller.fromJson(json, type);
  }
}
